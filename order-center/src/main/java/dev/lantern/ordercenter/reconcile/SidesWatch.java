package dev.lantern.ordercenter.reconcile;

/// What the passes over the sides outside the ledger tell: the accept log, the vendors, the signed
/// tokens. Never blocks, never throws.
public interface SidesWatch {
  /// So many have just been compared.
  void examined(String pass, long count);

  /// So many are still to be compared.
  void behind(String pass, long count);

  /// What a pass came to.
  void recorded(String pass, FindingStore.Recorded recorded);

  /// The other side cannot be asked now: nothing is compared, and the pass goes on where it was.
  void skipped(String pass, String why);

  /// The other side answers.
  void back(String pass);
}
