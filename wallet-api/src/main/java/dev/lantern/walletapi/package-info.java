/// wallet-api: what a user has, and who a user is. [dev.lantern.walletapi.Main] starts it,
/// [dev.lantern.walletapi.Wiring] is the diagram of its parts.
@NullMarked
package dev.lantern.walletapi;

import org.jspecify.annotations.NullMarked;
