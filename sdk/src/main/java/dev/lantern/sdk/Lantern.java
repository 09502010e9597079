package dev.lantern.sdk;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.budget.BudgetReader;
import dev.lantern.sdk.call.ContextPropagation;
import dev.lantern.sdk.call.Retries;
import dev.lantern.sdk.call.RetryBudget;
import dev.lantern.sdk.call.RetryRules;
import dev.lantern.sdk.counter.CounterReader;
import dev.lantern.sdk.counter.CounterWriter;
import dev.lantern.sdk.order.OrderClient;
import dev.lantern.sdk.settle.Settlement;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process's connection to Lantern: one for its whole life. Opens nothing before it is used, and
/// needs a gRPC transport on the class path (`grpc-netty` or `grpc-netty-shaded`, as the host
/// likes).
///
/// All calls share one retry budget. What is kept at hand (budgets, counters) is asked for, and
/// what was counted is told, about once a second, each by a thread of its own: servers that are
/// slow to answer the one keep nobody from the others. Nothing is retried or hedged but by
/// [Retries], whatever a name server says. Safe for use by many threads.
public final class Lantern implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lantern.class);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final double RETRIED_SHARE = 0.1;
  private static final int RETRY_RESERVE = 10;

  /// Budgets, counters read, counters written.
  private static final int TICKS = 3;

  private final InstantSource clock = InstantSource.system();
  private final ManagedChannel orderCenter;
  private final ManagedChannel counterService;
  private final ScheduledExecutorService ticks;
  private final OrderClient orders;
  private final Settlement settlement;
  private final BudgetReader budgets;
  private final CounterReader counters;
  private Optional<CounterWriter> writer = Optional.empty();

  private Lantern(Where where) throws IOException {
    ChannelCredentials identity =
        TlsChannelCredentials.newBuilder()
            .keyManager(where.certificate().toFile(), where.key().toFile())
            .trustManager(where.authority().toFile())
            .build();
    orderCenter = channel(where, identity, "order-center");
    counterService = channel(where, identity, "counter-service");
    Retries retries =
        new Retries(
            RetryRules.USUAL,
            new RetryBudget(RETRIED_SHARE, RETRY_RESERVE),
            shared(),
            System::nanoTime,
            wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
    orders = new OrderClient(orderCenter, retries, clock);
    settlement = new Settlement(orderCenter, retries);
    budgets = BudgetReader.over(orderCenter, DEADLINE, System::nanoTime);
    counters = CounterReader.over(counterService, DEADLINE, System::nanoTime);
    ticks =
        Executors.newScheduledThreadPool(
            TICKS, Thread.ofPlatform().daemon().name("lantern-", 0).factory());
    everySecond(budgets::poll);
    everySecond(counters::poll);
  }

  /// Connects as the process that the certificate names. Throws UncheckedIOException when its files
  /// cannot be read; whether anybody answers shows at the first call.
  public static Lantern connect(Where where) {
    try {
      return new Lantern(where);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the identity cannot be read", unreadable);
    }
  }

  public OrderClient orders() {
    return orders;
  }

  public Settlement settlement() {
    return settlement;
  }

  public BudgetReader budgets() {
    return budgets;
  }

  public CounterReader counters() {
    return counters;
  }

  /// This process's counter writer, made once.
  ///
  /// @param name no other process has it at the same time
  /// @param journal a folder of its own; empty: what is not told dies with the process
  public synchronized CounterWriter writer(String name, Optional<Path> journal) {
    if (writer.isPresent() || ticks.isShutdown()) {
      throw new IllegalStateException("a process has one writer, and none once it is closed");
    }
    CounterWriter made =
        CounterWriter.over(counterService, DEADLINE, Lane.LANE_LIVE, name, clock.millis(), journal);
    writer = Optional.of(made);
    everySecond(made::flush);
    return made;
  }

  private void everySecond(Runnable tick) {
    var _ =
        ticks.scheduleWithFixedDelay(
            () -> {
              try {
                tick.run();
              } catch (RuntimeException defect) {
                // An exception would end the schedule.
                LOG.error("a tick failed", defect);
              }
            },
            0,
            1,
            TimeUnit.SECONDS);
  }

  /// Safe for many threads, as a generator of one's own is not.
  private static RandomGenerator shared() {
    var random = new SplittableRandom();
    var turn = new ReentrantLock();
    return () -> {
      turn.lock();
      try {
        return random.nextLong();
      } finally {
        turn.unlock();
      }
    };
  }

  private static ManagedChannel channel(Where where, ChannelCredentials identity, String service) {
    return Grpc.newChannelBuilderForAddress(where.host(), where.port(), identity)
        .overrideAuthority(service)
        .disableServiceConfigLookUp()
        .intercept(new ContextPropagation(DEADLINE))
        .build();
  }

  /// Tells what was counted, then ends. Calls under way are broken off after a second.
  @Override
  public synchronized void close() {
    ticks.shutdown();
    try {
      if (!ticks.awaitTermination(2, TimeUnit.SECONDS)) {
        ticks.shutdownNow();
      }
      writer.ifPresent(CounterWriter::close);
      orderCenter.shutdown();
      counterService.shutdown();
      var _ = orderCenter.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      orderCenter.shutdownNow();
      counterService.shutdownNow();
    }
  }
}
