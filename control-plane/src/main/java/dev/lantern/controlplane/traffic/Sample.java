package dev.lantern.controlplane.traffic;

import java.util.Comparator;
import java.util.List;

/// Requests of late, in order of their time.
///
/// @param truncated not all there were
public record Sample(List<Request> requests, boolean truncated) {
  public Sample {
    requests = requests.stream().sorted(Comparator.comparing(Request::at)).toList();
  }

  public static Sample none() {
    return new Sample(List.of(), false);
  }

  /// Where a sample comes from. Never throws: no sample is an answer.
  public interface Source {
    Sample lately();
  }
}
