/// The laws, each checked from two independent sources: what clients were told (the files of
/// [dev.lantern.proving.clientlog]) and what an auditor reads in the ledger.
///
/// A check is a pure function of [Facts]; reading is done before, in one consistent snapshot. A
/// check that had nothing to examine in a rain says so as a finding, and `lantern reconcile
/// --self-test` plants violations to see that each is reported.
@NullMarked
package dev.lantern.proving.laws;

import org.jspecify.annotations.NullMarked;
