package dev.lantern.proving.rain;

import java.nio.file.Path;
import java.util.Optional;

/// What rain to play.
///
/// @param budgetFen the main budget; 0: twice what is expected to be given
/// @param thresholdPercent below this share of the budget the fallback is given; 0: never
/// @param fixedFen every red packet's amount; 0: drawn from a table
/// @param api how many order-center api instances the stack should run
/// @param settle how many settle instances
/// @param report where the JSON report goes
/// @param keep whether what was started stays up afterwards
/// @param roundSeconds how long each round is open; 0: by the number of users
/// @param things whether every fourth user plays for something that a downstream gives; users then
///   come evenly, for faults to meet some at any time
public record RainOptions(
    int users,
    int rounds,
    long seed,
    long budgetFen,
    int thresholdPercent,
    long fixedFen,
    int api,
    int settle,
    Optional<Path> report,
    boolean keep,
    int roundSeconds,
    boolean things) {
  public static final int MAX_USERS = 100_000;
  public static final int MAX_ROUNDS = 50;
  public static final long MAX_AMOUNT_FEN = 20_000;

  /// Throws IllegalArgumentException, with a message for the person at the terminal.
  public RainOptions {
    within("--users", users, 1, MAX_USERS);
    within("--rounds", rounds, 1, MAX_ROUNDS);
    within("--threshold", thresholdPercent, 0, 100);
    within("--fixed", fixedFen, 0, MAX_AMOUNT_FEN);
    within("--budget", budgetFen, 0, 1_000_000_000_000L);
    within("--api", api, 1, 4);
    within("--settle", settle, 1, 6);
    within("round seconds", roundSeconds, 0, 600);
    if (budgetFen > 0
        && budgetFen < Math.max(fixedFen, fixedFen == 0 ? DrawnAmounts.MOST_FEN : 1)) {
      throw new IllegalArgumentException("--budget is under one red packet");
    }
  }

  public static RainOptions of(int users, int rounds, long seed) {
    return new RainOptions(users, rounds, seed, 0, 10, 0, 1, 1, Optional.empty(), false, 0, false);
  }

  public RainOptions withBudget(long fen, int threshold, long fixed) {
    return new RainOptions(
        users,
        rounds,
        seed,
        fen,
        threshold,
        fixed,
        api,
        settle,
        report,
        keep,
        roundSeconds,
        things);
  }

  public RainOptions withRoundSeconds(int seconds) {
    return new RainOptions(
        users,
        rounds,
        seed,
        budgetFen,
        thresholdPercent,
        fixedFen,
        api,
        settle,
        report,
        keep,
        seconds,
        things);
  }

  public RainOptions withThings() {
    return new RainOptions(
        users,
        rounds,
        seed,
        budgetFen,
        thresholdPercent,
        fixedFen,
        api,
        settle,
        report,
        keep,
        roundSeconds,
        true);
  }

  /// The main budget, decided.
  long budget() {
    return budgetFen > 0 ? budgetFen : Math.max(MAX_AMOUNT_FEN, 2 * expectedFen());
  }

  /// Whether users will want more than there is.
  boolean scarce() {
    return budget() < expectedFen();
  }

  private long expectedFen() {
    long each = fixedFen > 0 ? fixedFen : DrawnAmounts.MEAN_FEN;
    return each * users * rounds;
  }

  private static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", not " + value);
    }
  }
}
