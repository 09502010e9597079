/// Tests.
@NullMarked
package dev.lantern.cli.stack.home;

import org.jspecify.annotations.NullMarked;
