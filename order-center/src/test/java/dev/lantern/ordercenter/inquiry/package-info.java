/// Tests of what is told of one user's orders and money.
@NullMarked
package dev.lantern.ordercenter.inquiry;

import org.jspecify.annotations.NullMarked;
