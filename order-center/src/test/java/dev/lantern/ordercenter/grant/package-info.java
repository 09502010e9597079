/// Tests of grants.
@NullMarked
package dev.lantern.ordercenter.grant;

import org.jspecify.annotations.NullMarked;
