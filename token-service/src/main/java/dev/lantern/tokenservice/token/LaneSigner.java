package dev.lantern.tokenservice.token;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.log.RootLog;
import dev.lantern.tokenservice.signing.LoadedKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Signs for one lane, many calls together: payloads gather until a tree is full or the first of
/// them has waited for `gather`, whichever comes first; then they are signed, their roots are
/// logged, and only then anybody gets a token.
///
/// One thread gathers and signs; it does not wait for the log, which gathers on its own. Bounds:
/// [Terms#mostWaiting] calls waiting here, [Terms#treeSize] leaves a tree.
public final class LaneSigner implements AutoCloseable {
  /// Something to sign, and its trace in the log.
  ///
  /// @param orderDigest 8 bytes of its order number's hash
  public record Item(ByteString payload, ByteString orderDigest) {}

  /// How it gathers.
  ///
  /// @param treeSize leaves at which a tree is full
  /// @param gather how long the first of a tree waits for others
  /// @param mostWaiting how many calls may wait
  public record Terms(int treeSize, Duration gather, int mostWaiting) {
    private static final int LEAST_TREE = 16;

    public Terms {
      // Below that one call's roots would not fit into one commit.
      if (treeSize < LEAST_TREE || treeSize > TokenFormat.MAX_TREE) {
        throw new IllegalArgumentException("tree_size must be 16 to 1024");
      }
      if (gather.isNegative() || gather.compareTo(Duration.ofMillis(50)) > 0) {
        throw new IllegalArgumentException("gather must be 0 to 50ms");
      }
      if (mostWaiting < 1) {
        throw new IllegalArgumentException("most_waiting must be positive");
      }
    }
  }

  private final Terms terms;
  private final Function<Instant, LoadedKey> key;
  private final BatchSigner signer;
  private final RootLog log;
  private final InstantSource clock;
  private final BlockingQueue<Call> queue;
  private final Thread worker;

  private record Call(
      List<Item> items, long arrivedNanos, CompletableFuture<List<SignedToken>> signed) {}

  /// @param key the one that signs at that time
  public LaneSigner(
      String name,
      Terms terms,
      Function<Instant, LoadedKey> key,
      BatchSigner signer,
      RootLog log,
      InstantSource clock) {
    this.terms = terms;
    this.key = key;
    this.signer = signer;
    this.log = log;
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(terms.mostWaiting());
    this.worker = Thread.ofPlatform().daemon().name(name).start(this::work);
  }

  /// Tokens in the order of the items; failed with what the log threw, and then nobody gets one.
  /// Whoever waits no longer cancels it: what was not yet signed then is not.
  ///
  /// @throws RejectedExecutionException when too many wait
  public CompletableFuture<List<SignedToken>> sign(List<Item> items) {
    var call = new Call(items, System.nanoTime(), new CompletableFuture<>());
    if (!queue.offer(call)) {
      throw new RejectedExecutionException("too many calls wait to be signed");
    }
    return call.signed();
  }

  @Override
  public void close() {
    worker.interrupt();
    log.close();
  }

  private void work() {
    List<Call> calls = new ArrayList<>();
    while (true) {
      try {
        gather(calls);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      // Nobody waits for these any more: signed, they would be a surplus in the log.
      calls.removeIf(call -> call.signed().isDone());
      if (!calls.isEmpty()) {
        sign(List.copyOf(calls), calls.stream().flatMap(call -> call.items().stream()).toList());
      }
      calls.clear();
    }
  }

  private void gather(List<Call> calls) throws InterruptedException {
    Call first = queue.take();
    calls.add(first);
    int leaves = first.items().size();
    while (leaves < terms.treeSize()) {
      long left = first.arrivedNanos() + terms.gather().toNanos() - System.nanoTime();
      Call next = left > 0 ? queue.poll(left, TimeUnit.NANOSECONDS) : queue.poll();
      if (next == null) {
        return;
      }
      calls.add(next);
      leaves += next.items().size();
    }
  }

  private void sign(List<Call> calls, List<Item> items) {
    try {
      Instant now = clock.instant();
      List<SignedBatch> batches =
          signer.sign(key.apply(now), items.stream().map(Item::payload).toList());
      List<SignedToken> tokens =
          batches.stream().flatMap(batch -> batch.tokens().stream()).toList();
      var _ =
          log.append(rows(batches, items, now))
              .whenComplete((_, failure) -> answer(calls, tokens, failure));
    } catch (RuntimeException | Error e) {
      // Whatever it was, it is these calls' own: the thread lives on for the next.
      calls.forEach(call -> call.signed().completeExceptionally(e));
    }
  }

  private static void answer(
      List<Call> calls, List<SignedToken> tokens, @Nullable Throwable failure) {
    int from = 0;
    for (Call call : calls) {
      int to = from + call.items().size();
      if (failure == null) {
        call.signed().complete(tokens.subList(from, to));
      } else {
        call.signed().completeExceptionally(failure);
      }
      from = to;
    }
  }

  private static List<SignedRoot> rows(List<SignedBatch> batches, List<Item> items, Instant now) {
    Instant time = now.truncatedTo(ChronoUnit.MICROS);
    Timestamp signTime =
        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()).build();
    List<SignedRoot> rows = new ArrayList<>(batches.size());
    int from = 0;
    for (SignedBatch batch : batches) {
      int to = from + batch.tokens().size();
      rows.add(
          SignedRoot.newBuilder()
              .setKeyId(batch.keyId())
              .setSize(batch.tokens().size())
              .setRoot(batch.root())
              .setOrderDigests(
                  ByteString.copyFrom(
                      items.subList(from, to).stream().map(Item::orderDigest).toList()))
              .setSignTime(signTime)
              .build());
      from = to;
    }
    return rows;
  }
}
