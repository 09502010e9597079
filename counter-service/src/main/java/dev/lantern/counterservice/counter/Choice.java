package dev.lantern.counterservice.counter;

import java.util.Optional;

/// What operators say of the Redis that is read. The newer revision holds; of two alike, which two
/// operators at the same millisecond may make, the later kind by name: everybody finds the same.
///
/// @param revision rises with each choice, and is when it was made in milliseconds, or just after
///   the one before; 0: nobody has chosen yet
/// @param said who has chosen, by which request, and why; at most [#MOST_SAID] characters
public record Choice(long revision, Kind kind, String said) implements Comparable<Choice> {

  public static final int MOST_SAID = 1_000;

  public static final Choice NONE = new Choice(0, Kind.AUTO);

  /// What may be chosen.
  public enum Kind {
    /// The switch decides.
    AUTO,
    A,
    B;

    /// The Redis that was chosen, if one was.
    public Optional<Source> source() {
      return switch (this) {
        case AUTO -> Optional.empty();
        case A -> Optional.of(Source.A);
        case B -> Optional.of(Source.B);
      };
    }
  }

  public Choice {
    if (revision < 0) {
      throw new IllegalArgumentException("revisions begin at 0");
    }
    if (said.length() > MOST_SAID) {
      throw new IllegalArgumentException("at most " + MOST_SAID + " characters are said");
    }
  }

  /// One of which nothing is said.
  public Choice(long revision, Kind kind) {
    this(revision, kind, "");
  }

  @Override
  public int compareTo(Choice other) {
    int byRevision = Long.compare(revision, other.revision);
    return byRevision != 0 ? byRevision : kind.name().compareTo(other.kind.name());
  }

  /// The one that holds.
  public Choice or(Choice other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
