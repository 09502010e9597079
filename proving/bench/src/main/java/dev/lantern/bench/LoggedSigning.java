package dev.lantern.bench;

import dev.lantern.common.v1.Lane;
import dev.lantern.runtime.config.Config;
import dev.lantern.stores.sql.Database;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.TokenServiceConfig;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.log.MysqlRootStore;
import dev.lantern.tokenservice.log.RootChain;
import dev.lantern.tokenservice.log.RootLog;
import dev.lantern.tokenservice.log.RootStore;
import dev.lantern.tokenservice.token.LaneSigner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Signing as token-service does, gathering and log included, in this process: into a stack's own
/// log, or into one that keeps nothing. Safe for many threads.
///
/// What it writes is of trials, in a chain of its own, and stays: the log is never cut. What is
/// signed is made beforehand and signed over and over, so that making it is no part of what is
/// measured.
public final class LoggedSigning implements AutoCloseable {
  private static final int MOST_WAITING = 4_096;
  private static final int PREPARED = 1_024;

  private final LaneSigner signer;
  private final Optional<Database> database;
  private final List<List<LaneSigner.Item>> calls;
  private final AtomicLong count = new AtomicLong();

  private LoggedSigning(LaneSigner signer, int payloads, Optional<Database> database) {
    this.signer = signer;
    this.calls =
        IntStream.range(0, PREPARED)
            .mapToObj(i -> TokenKeys.items((long) i * payloads, payloads))
            .toList();
    this.database = database;
  }

  /// Into a stack's own log.
  ///
  /// @param config of the stack's token-service
  /// @param payloads of a call
  public static LoggedSigning logged(
      Path config, int payloads, SecureRandom random, InstantSource clock) {
    TokenServiceConfig read = Config.load(TokenServiceConfig.class, config, Map.of());
    Database database = Database.open(read.database(), "bench-tokens");
    return new LoggedSigning(
        signer(read, new MysqlRootStore(database), random, clock), payloads, Optional.of(database));
  }

  /// The same without a log.
  public static LoggedSigning unlogged(
      Path config, int payloads, SecureRandom random, InstantSource clock) {
    TokenServiceConfig read = Config.load(TokenServiceConfig.class, config, Map.of());
    return new LoggedSigning(
        signer(read, new Nowhere(), random, clock), payloads, Optional.empty());
  }

  /// Signs the payloads of one call; done when they would be answered.
  public CompletableFuture<Integer> sign() {
    try {
      return signer
          .sign(calls.get((int) (count.getAndIncrement() % PREPARED)))
          .thenApply(List::size);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(full);
    }
  }

  @Override
  public void close() {
    signer.close();
    database.ifPresent(Database::close);
  }

  private static LaneSigner signer(
      TokenServiceConfig config, RootStore store, SecureRandom random, InstantSource clock) {
    TokenKeys keys = TokenKeys.fresh(random);
    var chain = new RootChain(store, KeyLane.STRESS, "bench-" + ProcessHandle.current().pid());
    int treeSize = config.signing().treeSize();
    return new LaneSigner(
        "bench-sign",
        new LaneSigner.Terms(treeSize, config.signing().gather(), MOST_WAITING),
        _ -> keys.of(Purpose.REWARD, KeyLane.STRESS),
        keys.signer(Lane.LANE_STRESS, treeSize),
        new RootLog(chain, "bench-root-log", MOST_WAITING),
        clock);
  }

  /// How long the first payload of a tree waits for others, by a token-service's configuration.
  public static Duration gather(Path config) {
    return Config.load(TokenServiceConfig.class, config, Map.of()).signing().gather();
  }

  /// A log that is nowhere.
  private static final class Nowhere implements RootStore {
    @Override
    public Optional<SignedRoot> head(String chain) {
      return Optional.empty();
    }

    @Override
    public boolean append(KeyLane lane, List<SignedRoot> rows) {
      return true;
    }

    @Override
    public Set<Root> held(KeyLane lane, Collection<Root> roots) {
      return Set.of();
    }

    @Override
    public List<SignedRoot> after(KeyLane lane, Place place, int most) {
      return List.of();
    }

    @Override
    public long signed(KeyLane lane) {
      return 0;
    }

    @Override
    public Optional<Instant> begin(KeyLane lane) {
      return Optional.empty();
    }
  }
}
