package dev.lantern.proving.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was measured with so much data.
///
/// @param factor how many times as much was loaded
/// @param orders in the ledger when the measuring began
record GrowthFigures(
    int factor,
    long orders,
    List<Sample> accepts,
    List<Sample> batches,
    List<Sample> settles,
    List<Sample> takes) {
  static final String NAME = "growth";
  private static final String API = "order-api-1";
  private static final String DATABASE = "mariadb";
  private static final double FLAT = 1.3;

  GrowthFigures(int factor, long orders) {
    this(
        factor, orders, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /// Each beside itself with less.
  List<Comparison> beside(GrowthFigures less, int rounds) {
    return List.of(
        compare(less, "order-center's CPU us per IssueReward", API, accepts, less.accepts, rounds),
        compare(
            less, "order-center's CPU us per order of a batch", API, batches, less.batches, rounds),
        compare(less, "MariaDB's CPU us per order booked", DATABASE, settles, less.settles, rounds),
        compare(less, "CPU us per take from a lease", Meter.CLIENTS, takes, less.takes, rounds));
  }

  private Comparison compare(
      GrowthFigures less,
      String metric,
      String process,
      List<Sample> ours,
      List<Sample> others,
      int rounds) {
    return new Comparison(
        NAME,
        "%s, %d times the data (%,d orders)".formatted(metric, factor, orders),
        each(ours, process),
        "with %,d orders".formatted(less.orders),
        each(others, process),
        Goal.atMost(FLAT),
        rounds,
        Sample.errors(ours) + Sample.errors(others),
        conditions(less, ours.getFirst().units()),
        Sample.median(ours, Sample::perSecond),
        Sample.median(others, Sample::perSecond),
        Sample.cpuEachByProcess(ours),
        Sample.cpuEachByProcess(others));
  }

  private String conditions(GrowthFigures less, long units) {
    return String.format(
        Locale.ROOT,
        "%,d orders in the ledger when the measuring began, beside %,d; those loaded have postings"
            + " and balances, as many claims in Redis and a twenty-fifth as many closed leases;"
            + " users' ids spread; %,d units a figure, which come on top; settlement held by SIGSTOP"
            + " while orders are accepted; the factors one after the other, the first pass of each"
            + " thrown away, medians; %d cores shared with clients and engines",
        orders,
        less.orders,
        units,
        Runtime.getRuntime().availableProcessors());
  }

  private static double each(List<Sample> samples, String process) {
    return Sample.median(samples, it -> it.cpuEach(List.of(process)));
  }

  /// For people.
  String line() {
    return String.format(
        Locale.ROOT,
        "  x %-4d CPU us: accept %.0f, of a batch %.0f, booked %.0f, take %.2f",
        factor,
        each(accepts, API),
        each(batches, API),
        each(settles, DATABASE),
        each(takes, Meter.CLIENTS));
  }
}
