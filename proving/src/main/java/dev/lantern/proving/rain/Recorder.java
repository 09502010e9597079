package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.ClientLog;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Makes a call and writes down what came of it, before the client may act on it. At most
/// [#IN_FLIGHT] calls are out at once; waiting for a turn does not count as the call's time.
final class Recorder {
  private static final int IN_FLIGHT = 64;

  private final ClientLog log;
  private final Tally tally;
  private final Waits waits;
  private final Semaphore turns = new Semaphore(IN_FLIGHT, true);

  Recorder(ClientLog log, Tally tally, Waits waits) {
    this.log = log;
    this.tally = tally;
    this.waits = waits;
  }

  /// What a call is about.
  record About(
      int user,
      long actId,
      Protocol protocol,
      Call call,
      Intent intent,
      String sceneId,
      int rainId,
      String subject) {
    About with(Intent another) {
      return new About(user, actId, protocol, call, another, sceneId, rainId, subject);
    }
  }

  Told call(About about, Supplier<Told> attempt) {
    turns.acquireUninterruptibly();
    try {
      long sentNs = waits.nanos().getAsLong();
      Told told = attempt.get();
      return write(about, sentNs, about.actId(), told);
    } finally {
      turns.release();
    }
  }

  /// For a call of which only its end tells what it was.
  Told call(About about, Supplier<Told> attempt, Supplier<Intent> was) {
    turns.acquireUninterruptibly();
    try {
      long sentNs = waits.nanos().getAsLong();
      Told told = attempt.get();
      return write(about.with(was.get()), sentNs, about.actId(), told);
    } finally {
      turns.release();
    }
  }

  /// For a call that tells the client who it is.
  Told call(About about, Supplier<Told> attempt, ToLongFunction<Told> actId) {
    turns.acquireUninterruptibly();
    try {
      long sentNs = waits.nanos().getAsLong();
      Told told = attempt.get();
      return write(about, sentNs, actId.applyAsLong(told), told);
    } finally {
      turns.release();
    }
  }

  private Told write(About about, long sentNs, long actId, Told told) {
    var entry =
        new ClientEntry(
            about.user(),
            actId,
            about.protocol(),
            about.call(),
            about.intent(),
            sentNs,
            waits.nanos().getAsLong(),
            about.sceneId(),
            about.rainId(),
            about.subject(),
            told);
    log.append(entry);
    tally.add(entry);
    return told;
  }
}
