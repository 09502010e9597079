/// Tests of reissue.
@org.jspecify.annotations.NullMarked
package dev.lantern.ordercenter.reissue;
