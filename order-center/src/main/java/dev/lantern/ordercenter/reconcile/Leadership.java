package dev.lantern.ordercenter.reconcile;

/// The right to make passes: true as long as the row `leader` has this owner and epoch, which every
/// transaction that writes what a pass found checks first.
public record Leadership(String owner, long epoch) {}
