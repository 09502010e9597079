@NullMarked
package dev.lantern.walletapi.session;

import org.jspecify.annotations.NullMarked;
