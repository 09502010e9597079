package dev.lantern.ordercenter.reconcile;

/// An order's row.
public record OrderKey(long actId, String orderNo) {}
