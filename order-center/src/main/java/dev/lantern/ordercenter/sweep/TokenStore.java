package dev.lantern.ordercenter.sweep;

import java.util.Collection;
import java.util.List;

/// The token maps of a lane in Redis A, as the sweep walks them. Each call is a bounded pipeline.
public interface TokenStore {
  /// One bucket on each server that holds buckets of this lane: where a walk over all of them
  /// begins.
  List<Integer> entrances();

  /// The next stretch of the walk over the server that holds `entrance`.
  ///
  /// @param cursor [#START] at first, then what the page before said
  Page walk(int entrance, String cursor);

  /// All tokens of one user; entries that cannot be read are left out.
  List<StoredToken> ofUser(long actId);

  /// Those of these tokens that are still stored as they were seen.
  List<StoredToken> stillThere(Collection<StoredToken> tokens);

  /// Removes tokens that are still stored as they were seen; others stay.
  void remove(Collection<StoredToken> tokens);

  String START = "0";

  /// Some tokens, and where to go on.
  ///
  /// @param unreadable how many entries are no tokens this code can read
  record Page(String next, List<StoredToken> tokens, int unreadable) {
    public boolean isLast() {
      return next.equals(START);
    }
  }
}
