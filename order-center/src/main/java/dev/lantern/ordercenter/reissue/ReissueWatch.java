package dev.lantern.ordercenter.reissue;

/// What paying tells those who watch it.
public interface ReissueWatch {
  /// What became of a row.
  void paid(Reissue reissue, Payment payment, Payer.Outcome outcome);
}
