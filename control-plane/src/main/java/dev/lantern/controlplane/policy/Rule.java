package dev.lantern.controlplane.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One rule of the policy. Ids are unique over all kinds.
public sealed interface Rule {
  About about();

  default String id() {
    return about().id();
  }

  default Origin origin() {
    return about().origin();
  }

  default boolean shadow() {
    return about().shadow();
  }

  /// Lets verified users in by cohorts; the cohorts follow from campaign and round alone.
  record EntryStage(About about, Target match, long round, Opening opening, OnRefuse onWait)
      implements Rule {}

  /// At most so many requests of a route over all gateways.
  ///
  /// @param burst how much of the rate may come at once
  /// @param onlyWhile the switch that must be on for it to refuse; it counts all the time
  record RateLimit(
      About about,
      Target match,
      Rate rate,
      Duration burst,
      Sharing sharing,
      Optional<String> onlyWhile,
      OnRefuse onRefuse)
      implements Rule {
    public String route() {
      return match.routes().getFirst();
    }
  }

  /// At most so many requests of each user or address.
  ///
  /// @param burst how many may come at once
  record Frequency(
      About about, Target match, boolean perUser, Rate rate, long burst, OnRefuse onRefuse)
      implements Rule {}

  /// Turns that share of users away that the switch stands at.
  record RandomDrop(About about, Target match, String switchName, OnRefuse onRefuse)
      implements Rule {}

  /// What routes do while a switch is off.
  record Degradation(About about, Target match, String switchName, Instead instead)
      implements Rule {
    public List<String> routes() {
      return match.routes();
    }
  }

  /// An entry of the switch catalogue.
  ///
  /// @param description what users then see
  /// @param removes the feature or dependency that goes when it is turned; may be empty
  /// @param defaultPerTenThousand what it falls back to; 0 off, 10000 fully on
  /// @param obeyedBy `edge` or names of services; empty: not said
  /// @param longest no turn may last longer
  /// @param drop the route of which that share of users is turned away, for a switch that drops
  record Switch(
      About about,
      String description,
      String removes,
      int defaultPerTenThousand,
      List<String> obeyedBy,
      String shownBy,
      Optional<Duration> longest,
      Optional<Drop> drop)
      implements Rule {
    public Switch {
      obeyedBy = List.copyOf(obeyedBy);
    }

    /// With nothing but what it does.
    public static Switch of(
        About about, String description, int defaultPerTenThousand, Optional<Drop> drop) {
      return new Switch(
          about, description, "", defaultPerTenThousand, List.of(), "", Optional.empty(), drop);
    }
  }

  /// Turning users of a route away: sticky per verified user, so that a retry gets the same answer.
  record Drop(String route, OnRefuse onRefuse) {}

  /// A degradation level: where switches stand while it is in force. A higher level includes what
  /// the lower ones set, unless it sets the same switch.
  ///
  /// @param secondPerson whether a second person must agree
  /// @param longest it ends by itself after so long at most
  record Level(
      About about,
      int rank,
      String description,
      boolean secondPerson,
      Duration longest,
      Optional<Automatic> automatic,
      Map<String, Integer> settings)
      implements Rule {
    public Level {
      settings = Map.copyOf(settings);
    }

    /// What people call it: `L2`.
    public String name() {
      return "L" + rank;
    }
  }

  /// Tries failed calls to a service again.
  record Retry(
      About about,
      String service,
      int attempts,
      List<String> on,
      Duration perTry,
      int budgetPercent,
      Duration backOff)
      implements Rule {
    public Retry {
      on = List.copyOf(on);
    }
  }

  /// How much may be under way to a service.
  record CircuitBreaker(
      About about,
      String service,
      long requests,
      long pending,
      long connections,
      long retries,
      Optional<Ejection> ejection)
      implements Rule {}

  /// Takes an instance out that fails so often on end.
  record Ejection(int after, Duration lasting, int mostPercent) {}

  /// What a route is.
  record Route(
      About about,
      Target match,
      Duration deadline,
      Optional<Ceiling> ceiling,
      Optional<Duration> cache,
      Optional<Toward> mirror,
      Optional<Toward> ramp)
      implements Rule {
    public String route() {
      return match.routes().getFirst();
    }
  }

  /// What a route was measured to take.
  record Ceiling(Rate rate, Instant measured, String how) {}
}
