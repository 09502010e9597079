package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;

/// Taken from one of this instance's own leases for one order; its record goes to the lease's log.
///
/// @param amount in the budget's units: fen of money, a count of things
public record Unit(LeaseId leaseId, String budgetId, Fen amount, LogName log) {}
