/// Tests of reconciliation.
@org.jspecify.annotations.NullMarked
package dev.lantern.ordercenter.reconcile;
