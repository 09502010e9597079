/// Pays what users are owed and did not get, after an event nobody planned for (K2).
///
/// An order that was not booked is paid under its own number and fingerprint, so whatever else may
/// still book it meets the same row. A new entitlement gets the number
/// `{act_id}_ri-{reissue}_{row}_{award type}_{stage}`: unique in the same way, read by the same
/// look-ups. Each row changes its state in the transaction that books its order, under a lease of
/// this process (L6).
@org.jspecify.annotations.NullMarked
package dev.lantern.ordercenter.reissue;
