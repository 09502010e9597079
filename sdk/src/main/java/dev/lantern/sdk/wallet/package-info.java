/// The wallet reader: the one piece of code that knows what a user's money is at an instant.
///
/// Law VIEW: balance = booked + outstanding - held. The promises not yet booked live in Redis, the
/// rest in the ledger, and an order travels from one to the other while it is being looked at.
/// [WalletReader] fixes the order of the reads (W1), [WalletView] and [FlowPage] compute from what
/// was read, and nothing else in the system adds these figures up.
@NullMarked
package dev.lantern.sdk.wallet;

import org.jspecify.annotations.NullMarked;
