/// Tests of `present`.
@NullMarked
package dev.lantern.ordercenter.present;

import org.jspecify.annotations.NullMarked;
