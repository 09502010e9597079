@NullMarked
package dev.lantern.ordercenter.weak;

import org.jspecify.annotations.NullMarked;
