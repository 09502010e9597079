/// The ledger for services that need a user settled now, such as before a withdrawal: forced
/// settlement, racing the worker, each order booked once whoever comes first.
@NullMarked
package dev.lantern.ordercenter.accounting;

import org.jspecify.annotations.NullMarked;
