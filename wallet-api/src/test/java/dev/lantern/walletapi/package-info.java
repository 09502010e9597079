@NullMarked
package dev.lantern.walletapi;

import org.jspecify.annotations.NullMarked;
