/// A part of the stack: one process, what it needs first, how to tell that it serves.
///
/// Engines and services are the same to whoever starts and watches them; they differ in how they
/// are prepared and probed.
@NullMarked
package dev.lantern.cli.stack.part;

import org.jspecify.annotations.NullMarked;
