package dev.lantern.counterservice.counter;

/// From which Redis to read. Home is A.
///
/// Each round compares the two standings and leans to the better one, A when they are equal. It
/// leaves after a few rounds in a row, so that one lost packet does not move everybody, and comes
/// home from a B that still answers only after a longer run, so that a flapping Redis is not
/// followed back and forth.
///
/// What an operator chose is gone to at once, and stayed at for as long as it answers, lacking or
/// not. When it does not, the other one is read until it does: a choice made yesterday must not
/// keep today's readers from their counters.
///
/// @param current where to read now
/// @param streak how many rounds in a row have spoken for the other side
/// @param leaveAfter rounds before a worse Redis is left
/// @param returnAfter rounds before a B that answers is left for A
public record ReadSwitch(Source current, int streak, int leaveAfter, int returnAfter) {

  /// How good a Redis is to read from, the worst first.
  public enum Standing {
    /// It does not answer.
    GONE,
    /// It answers, but may lack what the other one has: a lower bound, and perhaps an old one.
    LACKING,
    /// It answers and has been repaired since it last lost anything (C2).
    WHOLE
  }

  public ReadSwitch {
    if (leaveAfter < 1 || returnAfter < 1) {
      throw new IllegalArgumentException("a switch needs at least one round to move");
    }
  }

  public static ReadSwitch home(int leaveAfter, int returnAfter) {
    return new ReadSwitch(Source.A, 0, leaveAfter, returnAfter);
  }

  /// The switch after a round in which the two stood like this and operators wanted this.
  public ReadSwitch after(Standing a, Standing b, Choice.Kind wanted) {
    return switch (wanted) {
      case AUTO -> after(a, b);
      case A -> chosen(Source.A, a, b);
      case B -> chosen(Source.B, b, a);
    };
  }

  private ReadSwitch chosen(Source wanted, Standing its, Standing others) {
    boolean away = its == Standing.GONE && others != Standing.GONE;
    Source better = away ? wanted.other() : wanted;
    if (better == current || better == wanted || streak + 1 >= leaveAfter) {
      return at(better);
    }
    return new ReadSwitch(current, streak + 1, leaveAfter, returnAfter);
  }

  /// The switch after a round in which the two stood like this and nobody wanted anything.
  public ReadSwitch after(Standing a, Standing b) {
    Source better = b.compareTo(a) > 0 ? Source.B : Source.A;
    if (better == current) {
      return at(current);
    }
    boolean leisurely = better == Source.A && b != Standing.GONE;
    int enough = leisurely ? returnAfter : leaveAfter;
    return streak + 1 >= enough
        ? at(better)
        : new ReadSwitch(current, streak + 1, leaveAfter, returnAfter);
  }

  private ReadSwitch at(Source source) {
    return new ReadSwitch(source, 0, leaveAfter, returnAfter);
  }
}
