@NullMarked
package dev.lantern.proving.counter;

import org.jspecify.annotations.NullMarked;
