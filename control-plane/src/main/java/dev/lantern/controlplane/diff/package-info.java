/// What differs: texts line by line, rules value by value, Envoy resources.
@NullMarked
package dev.lantern.controlplane.diff;

import org.jspecify.annotations.NullMarked;
