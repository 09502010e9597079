package dev.lantern.simulation.world;

import dev.lantern.ordercenter.reconcile.Discrepancy;
import dev.lantern.ordercenter.reconcile.Found;

/// What reconciliation may never say: that a log ends before where settlement stands. What it says
/// of tokens may be so in a storm; when all has drained nothing may be open.
record AuditLaw(Witness witness) {
  void found(Found found) {
    witness.note("found", found.what() + " " + found.subject());
    if (found.what() == Discrepancy.LOG_SHORTER) {
      witness.broken("AUDIT", found.subject() + ": " + found.detail());
    }
  }
}
