/// Tests of how figures are made and told; what they measure is tried end to end.
@NullMarked
package dev.lantern.proving.measure;

import org.jspecify.annotations.NullMarked;
