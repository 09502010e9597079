/// Tests of the reference downstream.
@NullMarked
package dev.lantern.proving.downstream;

import org.jspecify.annotations.NullMarked;
