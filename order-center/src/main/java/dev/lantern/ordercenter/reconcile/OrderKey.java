package dev.lantern.ordercenter.reconcile;

/// An order's row.
record OrderKey(long actId, String orderNo) {}
