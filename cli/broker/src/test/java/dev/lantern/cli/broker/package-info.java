/// Tests of what the node refuses and what it leaves alone.
@NullMarked
package dev.lantern.cli.broker;

import org.jspecify.annotations.NullMarked;
