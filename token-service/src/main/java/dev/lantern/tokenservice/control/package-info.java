/// What operators and alarms decide about signing: revoked keys, revoked epochs, halted lanes.
///
/// It is kept in the ledger's database, so that every instance and every next life goes by it, and
/// read again each second; while it cannot be read, what was last known stands.
@NullMarked
package dev.lantern.tokenservice.control;

import org.jspecify.annotations.NullMarked;
