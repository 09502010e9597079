/// Tests of the switches package.
@NullMarked
package dev.lantern.runtime.switches;

import org.jspecify.annotations.NullMarked;
