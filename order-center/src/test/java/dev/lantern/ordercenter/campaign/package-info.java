/// Tests of `campaign`, and the fakes they share.
@NullMarked
package dev.lantern.ordercenter.campaign;

import org.jspecify.annotations.NullMarked;
