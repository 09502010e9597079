/// The law checks over small, hand-made facts: sound ones hold, and each way to break them is seen.
@NullMarked
package dev.lantern.proving.laws;

import org.jspecify.annotations.NullMarked;
