/// The wallet's RPCs: which child a user sees, and the reader of `lantern-sdk` as the API shows it.
/// No figure is computed here.
@NullMarked
package dev.lantern.walletapi.wallet;

import org.jspecify.annotations.NullMarked;
