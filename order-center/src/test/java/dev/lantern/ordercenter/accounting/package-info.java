/// Tests of `accounting`.
@NullMarked
package dev.lantern.ordercenter.accounting;

import org.jspecify.annotations.NullMarked;
