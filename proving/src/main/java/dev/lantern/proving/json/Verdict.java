package dev.lantern.proving.json;

import java.util.Optional;

/// What is to be said of a case that was played.
sealed interface Verdict {
  /// Alike at both.
  record Same() implements Verdict {}

  /// Not alike, in the way that is known.
  record Known(Difference difference) implements Verdict {}

  /// Not alike, in a way that nobody has named; or alike, or differing otherwise, where a
  /// difference is named.
  record Wrong(String why) implements Verdict {}

  static Verdict of(Played played) {
    Optional<String> unlike = Comparing.unlike(played.ours(), played.theirs());
    Optional<Difference> named = played.one().difference();
    if (named.isEmpty()) {
      return unlike.<Verdict>map(Wrong::new).orElseGet(Same::new);
    }
    if (unlike.isEmpty()) {
      return new Wrong("is marked " + named.get() + " and is the same at both");
    }
    if (!named.get().isShownBy(played.ours(), played.theirs())) {
      return new Wrong("is marked " + named.get() + ", which is not what differs: " + unlike.get());
    }
    return played
        .recorded()
        .flatMap(before -> Comparing.changed(played.ours(), before))
        .<Verdict>map(how -> new Wrong("differs otherwise than it did: " + how))
        .orElseGet(() -> new Known(named.get()));
  }
}
