/// Degradation levels: who may enter one, and when they come and go by themselves.
@NullMarked
package dev.lantern.controlplane.levels;

import org.jspecify.annotations.NullMarked;
