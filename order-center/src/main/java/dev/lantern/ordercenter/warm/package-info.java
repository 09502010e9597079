/// Readies a process before an opening, so that the first users do not pay for cold pools and code.
@NullMarked
package dev.lantern.ordercenter.warm;

import org.jspecify.annotations.NullMarked;
