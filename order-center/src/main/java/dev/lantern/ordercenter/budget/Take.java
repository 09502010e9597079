package dev.lantern.ordercenter.budget;

/// What came of asking for a unit.
public sealed interface Take {
  /// Here it is.
  record Taken(Unit unit) implements Take {}

  /// The budget does not hold so much any more, and no lease is left that could give some back:
  /// final, unless an operator adds money.
  record SoldOut() implements Take {}

  /// None to be had now; what is leased elsewhere may come back.
  record Busy() implements Take {}

  /// An operator or a guard has stopped spending from the budget, or a cut waits for what comes
  /// back.
  record Frozen() implements Take {}
}
