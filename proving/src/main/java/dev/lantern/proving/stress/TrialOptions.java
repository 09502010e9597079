package dev.lantern.proving.stress;

/// What a trial is asked to do: so many grabs a second for so many seconds, by so many users in
/// turn. A user who comes again grabs in another scene: every grab is one of its own.
public record TrialOptions(int users, int rate, int seconds) {
  static final int MOST_SCENES = 50;
  public static final int MOST_USERS = 20_000;
  private static final int MOST_RATE = 5_000;
  private static final int MOST_SECONDS = 600;

  public TrialOptions {
    if (users < 1 || users > MOST_USERS) {
      throw new IllegalArgumentException("--users is 1 to " + MOST_USERS);
    }
    if (rate < 1 || rate > MOST_RATE) {
      throw new IllegalArgumentException("--rate is 1 to " + MOST_RATE);
    }
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException("--seconds is 1 to " + MOST_SECONDS);
    }
    if (scenes(users, rate, seconds) > MOST_SCENES) {
      throw new IllegalArgumentException(
          "%d users grab %d times at most; this asks for %d grabs"
              .formatted(users, users * MOST_SCENES, rate * seconds));
    }
  }

  int calls() {
    return rate * seconds;
  }

  int scenes() {
    return scenes(users, rate, seconds);
  }

  private static int scenes(int users, int rate, int seconds) {
    return (rate * seconds + users - 1) / users;
  }
}
