@NullMarked
package dev.lantern.walletapi.wallet;

import org.jspecify.annotations.NullMarked;
