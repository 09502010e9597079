package dev.lantern.stores.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RScriptAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;

/// One Redis deployment, blocking, for virtual threads; safe for many threads at once.
///
/// Each call has our own deadline (`callTimeout`); on the far side of it stands
/// [RedisUnavailableException], and then the script may have run or may still run.
///
/// **The caller's duty**: Redisson sends a script again when a reply is lost, and so do we after a
/// script cache flush. So every script that changes something must give the same state and the same
/// answer when run twice: it carries an op-id it compares, sets only if absent, or writes a
/// cumulative value.
public final class Redis implements AutoCloseable {

  /// The most calls in one [#evalAll] batch.
  public static final int MAX_BATCH = 1000;

  private static final long RETRY_NANOS = 20_000_000;

  private final RedissonClient client;
  private final RScript scripts;
  private final Duration callTimeout;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  private Redis(RedissonClient client, Duration callTimeout) {
    this.client = client;
    this.scripts = client.getScript(ByteArrayCodec.INSTANCE);
    this.callTimeout = callTimeout;
  }

  /// Does not connect yet: the first call does, so a service starts while its Redis is down.
  public static Redis connect(RedisConfig config, String name) {
    return new Redis(Redisson.create(Clients.config(config, name)), config.callTimeout());
  }

  public static Script script(String lua) {
    return Script.of(lua);
  }

  /// Runs a script on one key.
  public Reply eval(Script script, String key, byte[]... args) {
    return eval(Call.of(script, key, args));
  }

  /// Runs a script on several keys of one hash tag.
  public Reply eval(Script script, List<String> keys, byte[]... args) {
    return eval(Call.of(script, keys, args));
  }

  public Reply eval(Call call) {
    return eval(call, callTimeout);
  }

  /// Runs a script with a deadline of the caller's, if that is shorter than the configured one.
  public Reply eval(Call call, Duration deadline) {
    long until = System.nanoTime() + shorter(deadline).toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        load(Set.of(call.script()), until);
        return new Reply(await(send(scripts, call), until));
      } catch (RedisNoScriptException e) {
        forget(call.script(), attempt, e);
      } catch (RedisException | CompletionException e) {
        // The first call connects, and a failure of that is thrown, not replied.
        throw Clients.failed(e);
      }
    }
  }

  /// Runs many scripts in one pipeline and returns their replies in order; at most [#MAX_BATCH].
  ///
  /// Not a transaction: when it throws, any of them may have run.
  public List<Reply> evalAll(List<Call> calls) {
    return evalAll(calls, callTimeout);
  }

  /// The same with a deadline of the caller's, if that is shorter than the configured one.
  public List<Reply> evalAll(List<Call> calls, Duration deadline) {
    if (calls.size() > MAX_BATCH) {
      throw new IllegalArgumentException(calls.size() + " calls in one batch");
    }
    if (calls.isEmpty()) {
      return List.of();
    }
    Set<Script> distinct = new HashSet<>();
    calls.forEach(call -> distinct.add(call.script()));
    long until = System.nanoTime() + shorter(deadline).toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        load(distinct, until);
        return sendAll(calls, until);
      } catch (RedisNoScriptException e) {
        for (Script script : distinct) {
          forget(script, attempt, e);
        }
      } catch (RedisException | CompletionException e) {
        throw Clients.failed(e);
      }
    }
  }

  /// Throws unless the deployment answers within the deadline.
  public void ping() {
    eval(Ping.SCRIPT, "lantern:ping");
  }

  /// Asks until the deployment answers, for at most so long; true when it did. The first connection
  /// of a cold JVM takes longer than a call may: a service calls this once before it serves, and
  /// goes on whatever comes back.
  public boolean warm(Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < until) {
      try {
        ping();
        return true;
      } catch (RedisUnavailableException e) {
        LockSupport.parkNanos(RETRY_NANOS);
        if (Thread.currentThread().isInterrupted()) {
          return false;
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.shutdown(0, 1, TimeUnit.SECONDS);
  }

  private List<Reply> sendAll(List<Call> calls, long until) throws RedisNoScriptException {
    RBatch batch =
        client.createBatch(
            BatchOptions.defaults()
                .responseTimeout(remaining(until).toMillis() + 1, TimeUnit.MILLISECONDS));
    RScriptAsync queued = batch.getScript(ByteArrayCodec.INSTANCE);
    for (Call call : calls) {
      // The batch reports for all of them.
      send(queued, call).exceptionally(_ -> List.of());
    }
    var replies = new ArrayList<Reply>(calls.size());
    for (Object one : await(batch.executeAsync(), until).getResponses()) {
      replies.add(new Reply((List<?>) one));
    }
    return replies;
  }

  private static CompletionStage<List<@Nullable Object>> send(RScriptAsync target, Call call) {
    return target.evalShaAsync(
        Mode.READ_WRITE,
        call.script().sha1(),
        ReturnType.LIST,
        List.copyOf(call.keys()),
        call.args().toArray());
  }

  private void load(Set<Script> wanted, long until) throws RedisNoScriptException {
    for (Script script : wanted) {
      if (!known.contains(script.sha1())) {
        await(
            offThread(() -> client.getScript(StringCodec.INSTANCE).scriptLoadAsync(script.lua())),
            until);
        known.add(script.sha1());
      }
    }
  }

  // The first call of all connects, on the thread that makes it and past any deadline: so not on
  // the caller's. Every
  // script is loaded before it is called, so this is always that call.
  private static <T> CompletionStage<T> offThread(Supplier<? extends CompletionStage<T>> call) {
    var reply = new CompletableFuture<T>();
    Thread.ofVirtual()
        .name("redis-load")
        .start(() -> {
          try {
            var _ =
                call.get()
                    .whenComplete((answer, failure) -> {
                      if (failure == null) {
                        reply.complete(answer);
                      } else {
                        reply.completeExceptionally(failure);
                      }
                    });
          } catch (RuntimeException e) {
            reply.completeExceptionally(e);
          }
        });
    return reply;
  }

  // The server forgot our scripts (SCRIPT FLUSH, a restart, a failover): load again, once.
  private void forget(Script script, int attempt, RedisNoScriptException e) {
    known.remove(script.sha1());
    if (attempt >= 2) {
      throw new RedisUnavailableException("the server keeps forgetting scripts", e);
    }
  }

  private static <T> T await(CompletionStage<T> reply, long until) throws RedisNoScriptException {
    try {
      return reply.toCompletableFuture().get(remaining(until).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw Clients.failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new RedisUnavailableException("no reply in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisUnavailableException("interrupted", e);
    }
  }

  private Duration shorter(Duration deadline) {
    return deadline.compareTo(callTimeout) < 0 ? deadline : callTimeout;
  }

  private static Duration remaining(long until) {
    return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
  }

  private static final class Ping {
    static final Script SCRIPT = Script.of("return {'PONG'}");
  }
}
