package dev.lantern.proving.counter;

/// How much is proved.
///
/// @param reads the least number of reads
/// @param switches the least number of switches between the two Redis
/// @param lostPercent of how many replies are lost, of writers, readers and Redis
/// @param rate how many each writer counts a second
public record ProofOptions(long reads, int switches, int lostPercent, int rate, long seed) {

  public ProofOptions {
    if (reads < 1 || switches < 1 || rate < 1 || lostPercent < 0 || lostPercent > 50) {
      throw new IllegalArgumentException(
          "reads, switches and rate are at least 1, lost replies at most 50 in a hundred");
    }
  }
}
