package dev.lantern.proving.laws;

import java.util.List;

/// What a check looked at and what it found.
///
/// @param things how many comparisons were made: a law that held over nothing is not known to hold
public record Examined(long things, List<Finding> findings) {
  public Examined {
    findings = List.copyOf(findings);
  }
}
