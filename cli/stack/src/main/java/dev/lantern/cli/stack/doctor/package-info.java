/// Looks at the machine and says what Lantern needs, what is there, and how to get what is not.
@NullMarked
package dev.lantern.cli.stack.doctor;

import org.jspecify.annotations.NullMarked;
