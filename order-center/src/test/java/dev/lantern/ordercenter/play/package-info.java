/// Tests of `play`, and the fakes they share.
@NullMarked
package dev.lantern.ordercenter.play;

import org.jspecify.annotations.NullMarked;
