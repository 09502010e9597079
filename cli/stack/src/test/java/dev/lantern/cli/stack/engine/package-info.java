/// The engines, really started.
@NullMarked
package dev.lantern.cli.stack.engine;

import org.jspecify.annotations.NullMarked;
