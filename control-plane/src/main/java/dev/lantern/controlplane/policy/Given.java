package dev.lantern.controlplane.policy;

import java.util.List;
import java.util.Map;

/// A value as it was read: of the right shape, at its line.
sealed interface Given {
  int line();

  record One(String text, int line) implements Given {}

  record Several(List<Given> all, int line) implements Given {
    public Several {
      all = List.copyOf(all);
    }
  }

  record Keyed(Map<String, Given> values, int line) implements Given {
    public Keyed {
      values = Map.copyOf(values);
    }
  }
}
