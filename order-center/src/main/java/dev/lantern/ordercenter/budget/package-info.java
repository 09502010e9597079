/// Budgets and the leases on them (rules L1 to L3): how an instance gets a slice of a budget, for
/// how long it may spend it and answer for it, and how what is left comes back.
///
/// `LeaseBook` decides, over plain values and a clock that is passed in; `LeaseKeeper` drives it
/// against `LeaseStore`. Closing a lease (L4) is the settle role's.
@NullMarked
package dev.lantern.ordercenter.budget;

import org.jspecify.annotations.NullMarked;
