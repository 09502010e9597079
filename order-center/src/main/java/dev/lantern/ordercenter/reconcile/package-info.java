/// The operators' reconciliation: compares what upstreams told ([Manifest]), what is outstanding in
/// Redis, what is booked, posted, counted on leases and budgets, and how far the accept log is
/// settled; keeps what differs as findings, alarms, and closes them when they hold no longer.
///
/// It only reads the books. What it writes are its own rows: findings, marks, runs, manifests and
/// alarms. One process at a time makes the passes ([Leader]); an operator's questions are answered
/// by any.
@org.jspecify.annotations.NullMarked
package dev.lantern.ordercenter.reconcile;
