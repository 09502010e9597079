/// Tests of `parked`.
@NullMarked
package dev.lantern.ordercenter.parked;

import org.jspecify.annotations.NullMarked;
