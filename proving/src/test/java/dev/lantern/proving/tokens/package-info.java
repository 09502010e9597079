/// Tests of `tokens`.
@NullMarked
package dev.lantern.proving.tokens;

import org.jspecify.annotations.NullMarked;
