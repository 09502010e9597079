package dev.lantern.controlplane.switches;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What the services said last: which switches they obey and how busy they are.
///
/// A report is forgotten after [#REMEMBERED]; for the load it counts for [#FRESH]. Bounded: beyond
/// [#MOST] the oldest goes.
public final class Readers implements Load {
  static final int MOST = 1000;
  static final Duration REMEMBERED = Duration.ofSeconds(60);
  static final Duration FRESH = Duration.ofSeconds(5);

  /// What one of them said.
  ///
  /// @param busyPercent empty when it does not measure
  public record Report(
      String watcher, long revision, String digest, OptionalInt busyPercent, Instant at) {
    String service() {
      int slash = watcher.indexOf('/');
      return slash < 0 ? watcher : watcher.substring(0, slash);
    }
  }

  private final InstantSource clock;
  private final Map<String, Report> reports = new HashMap<>();

  public Readers(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void heard(Report report) {
    reports.put(report.watcher(), report);
    if (reports.size() > MOST) {
      reports.values().stream()
          .min(Comparator.comparing(Report::at))
          .ifPresent(oldest -> reports.remove(oldest.watcher()));
    }
  }

  synchronized List<Report> all() {
    Instant now = clock.instant();
    reports.values().removeIf(report -> report.at().plus(REMEMBERED).isBefore(now));
    return reports.values().stream().sorted(Comparator.comparing(Report::watcher)).toList();
  }

  /// The mean of a service's instances, of the busiest service: one instance that struggles is for
  /// the balancer, a service that does is for the edge.
  @Override
  public OptionalInt busyPercent() {
    Instant oldest = clock.instant().minus(FRESH);
    Map<String, Double> byService =
        all().stream()
            .filter(report -> report.busyPercent().isPresent() && report.at().isAfter(oldest))
            .collect(
                Collectors.groupingBy(
                    Report::service,
                    Collectors.averagingInt(report -> report.busyPercent().getAsInt())));
    return byService.values().stream().mapToInt(mean -> Math.toIntExact(Math.round(mean))).max();
  }
}
