/// Tests of `queue`, and the fakes they share.
@NullMarked
package dev.lantern.ordercenter.queue;

import org.jspecify.annotations.NullMarked;
