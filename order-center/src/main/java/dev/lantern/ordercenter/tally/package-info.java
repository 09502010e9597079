/// Tells the counters what was booked (rule C1): "opened" and "fen given", as the ledger has them.
///
/// The totals are rows of `platform_accounts`, raised in the booking transaction; what is sent is
/// the total, never a difference. So a lost reply, a repeat or a killed process changes nothing,
/// and the counters end exactly at what the ledger says.
@NullMarked
package dev.lantern.ordercenter.tally;

import org.jspecify.annotations.NullMarked;
