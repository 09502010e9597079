/// Where one stack keeps its files: configuration, keys, passwords, data, logs, pids.
///
/// Everything is under one directory (`.lantern/` in the checkout, or `LANTERN_HOME`), readable by
/// its owner alone, so that deleting that directory deletes the stack and nothing else.
@NullMarked
package dev.lantern.cli.stack.home;

import org.jspecify.annotations.NullMarked;
