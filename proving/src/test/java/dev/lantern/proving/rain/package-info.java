/// The rain's plan, document and patience, without a stack.
@NullMarked
package dev.lantern.proving.rain;

import org.jspecify.annotations.NullMarked;
