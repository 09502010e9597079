/// Tests of `fund`.
@NullMarked
package dev.lantern.ordercenter.fund;

import org.jspecify.annotations.NullMarked;
