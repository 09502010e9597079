package dev.lantern.ordercenter.lane;

import java.util.List;

/// What trials have left in the lane's stores. Both calls are bounded and may be repeated.
public interface Traces {
  /// All there is; what is not there is not listed.
  List<Trace> count();

  /// Deletes all of it.
  void delete();

  /// How much there is of something.
  ///
  /// @param kind `rows`, `topics`, `records` or `keys`
  record Trace(String kind, String name, long count) {}
}
