package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.order.Fen;
import java.util.List;

/// How an amount is drawn: a band by weight, then evenly within the band. A fixed amount is one
/// band of one value.
public record DrawTable(List<Band> bands) {
  public DrawTable {
    bands = List.copyOf(bands);
    if (bands.isEmpty()) {
      throw new IllegalArgumentException("a draw table has at least one band");
    }
  }

  public static DrawTable fixed(Fen amount) {
    return new DrawTable(List.of(new Band(amount.value(), amount.value(), 1)));
  }

  public long weightSum() {
    return bands.stream().mapToLong(Band::weight).sum();
  }

  public long leastFen() {
    return bands.stream().mapToLong(Band::minFen).min().orElseThrow();
  }

  public long mostFen() {
    return bands.stream().mapToLong(Band::maxFen).max().orElseThrow();
  }

  /// Amounts from `minFen` to `maxFen`, both included, as likely as `weight` of all weights.
  public record Band(long minFen, long maxFen, int weight) {
    public Band {
      if (minFen < 1 || maxFen < minFen || weight < 1) {
        throw new IllegalArgumentException("not a band: " + minFen + ".." + maxFen);
      }
    }
  }
}
