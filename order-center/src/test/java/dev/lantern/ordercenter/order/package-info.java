/// Tests of `order`, and the fakes they share.
@NullMarked
package dev.lantern.ordercenter.order;

import org.jspecify.annotations.NullMarked;
