/// What was signed beside what was accepted, from the two databases' rows alone.
@NullMarked
package dev.lantern.proving.tokens;

import org.jspecify.annotations.NullMarked;
