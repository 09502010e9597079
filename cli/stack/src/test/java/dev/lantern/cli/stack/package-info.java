/// Tests of the whole: a stack of real engines under its supervisor.
@NullMarked
package dev.lantern.cli.stack;

import org.jspecify.annotations.NullMarked;
