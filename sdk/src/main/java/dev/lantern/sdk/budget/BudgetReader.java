package dev.lantern.sdk.budget;

import dev.lantern.order.v1.Budget;
import dev.lantern.order.v1.BudgetServiceGrpc;
import dev.lantern.order.v1.GetBudgetRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Budgets by the template of a reward that they pay, kept at hand: [#read] costs no call.
///
/// A template is asked for from its first [#read] on, about once a second; the figure is as old as
/// the *question* it answers, by a monotonic clock, so an age is never told too low. It is for
/// showing and for slowing down, not for promising: only an accepted order has its unit. At most
/// [#MOST] templates. Safe for use by many threads.
public final class BudgetReader {
  public static final int MOST = 100;

  private static final Logger LOG = LoggerFactory.getLogger(BudgetReader.class);

  private final Source source;
  private final LongSupplier nanoTime;
  private final Map<String, Optional<Seen>> byTemplate = new ConcurrentHashMap<>();

  /// Where budgets are asked for; a failure is a [StatusRuntimeException].
  @FunctionalInterface
  public interface Source {
    Budget byTemplate(String templateId);
  }

  /// A budget and how long ago it was so, at most.
  public record Reading(Budget budget, Duration age) {}

  private record Seen(Budget budget, long askedAt) {}

  /// @param nanoTime monotonic
  public BudgetReader(Source source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /// Over a channel to order-center.
  public static BudgetReader over(Channel channel, Duration deadline, LongSupplier nanoTime) {
    var stub = BudgetServiceGrpc.newBlockingStub(channel);
    return new BudgetReader(
        template ->
            stub.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .getBudget(GetBudgetRequest.newBuilder().setTemplateId(template).build())
                .getBudget(),
        nanoTime);
  }

  /// The last figure; empty while there is none. Throws IllegalStateException for a template too
  /// many.
  public Optional<Reading> read(String templateId) {
    Optional<Seen> seen = byTemplate.get(templateId);
    if (seen == null) {
      begin(templateId);
      return Optional.empty();
    }
    long now = nanoTime.getAsLong();
    return seen.map(it -> new Reading(it.budget(), Duration.ofNanos(now - it.askedAt())));
  }

  private synchronized void begin(String templateId) {
    if (byTemplate.size() >= MOST && !byTemplate.containsKey(templateId)) {
      throw new IllegalStateException("at most " + MOST + " templates are watched");
    }
    byTemplate.putIfAbsent(templateId, Optional.empty());
  }

  /// Asks for each template once; called about once a second by one thread. What cannot be read now
  /// grows older.
  public void poll() {
    for (String template : List.copyOf(byTemplate.keySet())) {
      long askedAt = nanoTime.getAsLong();
      try {
        byTemplate.put(template, Optional.of(new Seen(source.byTemplate(template), askedAt)));
      } catch (StatusRuntimeException failure) {
        LOG.warn("the budget of template {} stays as it was: {}", template, failure.getStatus());
      }
    }
  }
}
