/// Tests of `budget`, and the fakes they share.
@NullMarked
package dev.lantern.ordercenter.budget;

import org.jspecify.annotations.NullMarked;
