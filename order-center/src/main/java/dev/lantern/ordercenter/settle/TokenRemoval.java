package dev.lantern.ordercenter.settle;

import java.util.Collection;

/// Takes tokens out of Redis once their own outcome is in the books (S5).
public interface TokenRemoval {
  /// Removes the tokens of these promises where what is stored is exactly that promise; another
  /// token under the same number stays.
  ///
  /// Called after the commit, and allowed to do nothing: a token that stays is removed by the
  /// sweep. Returns at once; the work is bounded and done elsewhere.
  void handled(Collection<Promise> promises);
}
