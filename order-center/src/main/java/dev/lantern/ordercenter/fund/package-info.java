/// Fund security: what one order, one person and one budget may cost, judged apart from what accept
/// decides.
///
/// A budget as a whole is kept by its leases (CAP, protocols.md): nobody gives what no lease holds.
/// Here are the other limits: the single amount and the person's day (`CampaignLimits` from the
/// trees, `DayAllowance` at accept, `settle.DailySpend` in the booking transaction), and how fast a
/// budget goes (`BudgetVelocity`).
@NullMarked
package dev.lantern.ordercenter.fund;

import org.jspecify.annotations.NullMarked;
