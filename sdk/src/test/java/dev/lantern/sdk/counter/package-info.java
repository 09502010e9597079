/// Tests of `counter`.
@NullMarked
package dev.lantern.sdk.counter;

import org.jspecify.annotations.NullMarked;
