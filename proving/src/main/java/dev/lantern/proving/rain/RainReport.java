package dev.lantern.proving.rain;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.Facts;
import dev.lantern.proving.laws.Finding;
import dev.lantern.proving.laws.Law;
import dev.lantern.proving.laws.LawReport;
import dev.lantern.proving.laws.StoreFacts.BudgetRow;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What came of a rain, as `--report` writes it.
///
/// @param distinctGrabs persons and open rounds for which a valid grab was sent
/// @param accepted order numbers that clients were told were accepted
/// @param settled orders booked
/// @param conflicts better promises kept apart for an operator
/// @param budgetFreeFen of the main budget
public record RainReport(
    String run,
    int users,
    int rounds,
    long seed,
    long calls,
    long distinctGrabs,
    long accepted,
    long settled,
    long parked,
    long conflicts,
    Map<String, Long> refused,
    Map<String, Long> refusedByReason,
    long lost,
    long fallbacks,
    long issuedFen,
    long bookedFen,
    long budgetTotalFen,
    long budgetFreeFen,
    boolean drained,
    Map<Law, Boolean> laws,
    Map<Law, Long> examined,
    List<Finding> findings,
    Map<Integer, RoundBooks> byRound,
    double acceptPerS,
    double settlePerS,
    Millis acceptMs,
    double seconds) {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  /// Of first acceptances, retries before them not counted.
  public record Millis(double p50, double p99) {}

  static RainReport of(
      RainOptions options, Facts facts, LawReport laws, double settlePerS, Duration took) {
    RunRecord run = facts.run().orElseThrow();
    var accepted = new HashMap<String, Long>();
    var fallbacks = new HashSet<String>();
    var grabs = new HashSet<String>();
    Map<String, Long> layers = new TreeMap<>();
    Map<String, Long> reasons = new TreeMap<>();
    long lost = 0;
    for (ClientEntry entry : facts.log()) {
      if (entry.intent() == Intent.FIRST) {
        grabs.add(entry.actId() + " " + entry.sceneId() + " " + entry.rainId());
      }
      switch (entry.told()) {
        case Told.Accepted told -> {
          accepted.putIfAbsent(told.orderNo(), told.amountFen());
          if (told.fallback()) {
            fallbacks.add(told.orderNo());
          }
        }
        case Told.Refused told -> {
          layers.merge(told.layer().isEmpty() ? "?" : told.layer(), 1L, Long::sum);
          reasons.merge(told.reason().isEmpty() ? "?" : told.reason(), 1L, Long::sum);
        }
        case Told.Lost _ -> lost++;
        case Told.SessionOpened _,
            Told.WalletShown _,
            Told.FlowsShown _,
            Told.OrderShown _,
            Told.CounterShown _ -> {}
      }
    }
    BudgetRow main =
        facts.stores().budgets().stream()
            .filter(b -> b.budgetId().equals(run.budgets().getFirst().budgetId()))
            .findAny()
            .orElse(new BudgetRow("", 0, 0));
    List<OrderRow> orders = facts.stores().orders();
    return new RainReport(
        run.runId(),
        options.users(),
        options.rounds(),
        options.seed(),
        facts.log().size(),
        grabs.size(),
        accepted.size(),
        orders.stream().filter(OrderRow::booked).count(),
        orders.stream().filter(OrderRow::waiting).count(),
        facts.stores().conflicts().size(),
        layers,
        reasons,
        lost,
        fallbacks.size(),
        accepted.values().stream().mapToLong(Long::longValue).sum(),
        orders.stream().filter(OrderRow::booked).mapToLong(OrderRow::amountFen).sum(),
        main.total(),
        main.free(),
        run.drained(),
        new TreeMap<>(laws.laws()),
        new TreeMap<>(laws.examined()),
        laws.findings(),
        RoundBooks.of(facts, run.scenes().getFirst().sceneId()),
        rounded(acceptPerS(facts.log())),
        rounded(settlePerS),
        acceptMs(facts.log()),
        rounded(took.toMillis() / 1_000.0));
  }

  /// Whether everything was drained and every law holds.
  public boolean good() {
    return drained && laws.size() == Law.values().length && !laws.containsValue(false);
  }

  /// Promises of all clients that neither the ledger nor its set-aside rows know.
  public long missing() {
    return accepted - settled - parked;
  }

  public String json() {
    return GSON.toJson(this);
  }

  public void write(Path file) {
    try {
      Files.writeString(file, json() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + file, e);
    }
  }

  private static double acceptPerS(List<ClientEntry> log) {
    Set<String> numbers = new HashSet<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (ClientEntry entry : log) {
      if (entry.told() instanceof Told.Accepted told && numbers.add(told.orderNo())) {
        first = Math.min(first, entry.sentNs());
        last = Math.max(last, entry.endNs());
      }
    }
    return numbers.isEmpty() ? 0 : numbers.size() / ((last - first) / 1e9);
  }

  private static Millis acceptMs(List<ClientEntry> log) {
    List<Double> times =
        log.stream()
            .filter(e -> e.call() == Call.GRAB)
            .filter(e -> e.told() instanceof Told.Accepted told && !told.replayed())
            .map(e -> (e.endNs() - e.sentNs()) / 1e6)
            .sorted(Comparator.naturalOrder())
            .toList();
    return new Millis(rounded(quantile(times, 0.50)), rounded(quantile(times, 0.99)));
  }

  private static double quantile(List<Double> sorted, double share) {
    return sorted.isEmpty()
        ? 0
        : sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
