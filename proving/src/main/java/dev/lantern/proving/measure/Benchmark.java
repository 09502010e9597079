package dev.lantern.proving.measure;

import java.util.List;

/// Something that can be measured on a running stack.
public interface Benchmark {
  /// Measures, in less than four minutes unless much data is asked for. Throws
  /// IllegalStateException, with what to look at, when it cannot be begun.
  List<Comparison> run();
}
