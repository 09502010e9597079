/// What chaos itself is held to.
@NullMarked
package dev.lantern.proving.chaos;

import org.jspecify.annotations.NullMarked;
