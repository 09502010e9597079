package dev.lantern.simulation.world;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.RewardPayload;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.simulation.kernel.Actor;
import dev.lantern.simulation.token.SeededRandom;
import dev.lantern.simulation.token.SimKeys;
import dev.lantern.simulation.token.Ticket;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.log.RootChain;
import dev.lantern.tokenservice.token.BatchSigner;
import dev.lantern.tokenservice.token.SignedBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// token-service: calls that come within moments, or while a root is being written, are signed
/// together; their roots are committed; and only then their tokens are handed out (T1).
///
/// The signer and the chain are production's; its two threads are one actor here.
final class TokenProcess extends ServerProcess {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofMillis(6);
  private static final int TREE = 8;

  private final BatchSigner signer;
  private final RootChain chain;
  private List<Call> calls = new ArrayList<>();
  private @Nullable Actor idle;

  private record Call(List<ByteString> payloads, Ticket ticket) {}

  /// @param instance whose chain it goes on with, life after life
  TokenProcess(World world, String instance, String name) {
    super(world, name);
    signer =
        new BatchSigner(
            TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE),
            new SeededRandom(world.dice.bits()),
            TREE);
    chain = new RootChain(parts.copies.roots, KeyLane.LIVE, instance);
  }

  @Override
  void start() {
    world.baton.start(life, life.name() + ".sign", this::work);
  }

  /// A call has come in.
  void sign(List<ByteString> payloads, Ticket ticket) {
    if (life.isOver()) {
      world.baton.in(LEAST, ticket::fail);
      return;
    }
    calls.add(new Call(payloads, ticket));
    Actor waiting = idle;
    if (waiting != null) {
      idle = null;
      world.baton.wake(waiting, world.baton.now());
    }
  }

  private void work() {
    while (true) {
      if (calls.isEmpty()) {
        idle = world.baton.current();
        world.baton.sleepUntilWoken();
      }
      world.baton.sleep(world.dice.wait(LEAST, MOST));
      List<Call> together = calls;
      calls = new ArrayList<>();
      if (!attempt("sign", () -> sign(together))) {
        together.forEach(call -> world.baton.in(LEAST, call.ticket()::fail));
      }
    }
  }

  private void sign(List<Call> together) {
    Instant now = clock.now().wall();
    List<ByteString> payloads =
        together.stream().flatMap(call -> call.payloads().stream()).toList();
    List<SignedBatch> batches =
        signer.sign(SimKeys.get().signing(Purpose.REWARD, KeyLane.LIVE, now), payloads);
    List<SignedToken> tokens = batches.stream().flatMap(one -> one.tokens().stream()).toList();
    List<SignedRoot> rows = rows(batches, now);
    parts.copies.leaving.inOrder(() -> chain.append(rows), () -> handOut(together, tokens));
  }

  private void handOut(List<Call> together, List<SignedToken> tokens) {
    int from = 0;
    for (Call call : together) {
      int to = from + call.payloads().size();
      List<SignedToken> mine = tokens.subList(from, to);
      world.baton.in(world.dice.wait(LEAST, MOST), () -> call.ticket().answer(mine));
      from = to;
    }
  }

  private static List<SignedRoot> rows(List<SignedBatch> batches, Instant now) {
    Instant time = now.truncatedTo(ChronoUnit.MICROS);
    Timestamp signed =
        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()).build();
    return batches.stream()
        .map(batch ->
            SignedRoot.newBuilder()
                .setKeyId(batch.keyId())
                .setSize(batch.tokens().size())
                .setRoot(batch.root())
                .setOrderDigests(
                    ByteString.copyFrom(batch.tokens().stream().map(TokenProcess::digest).toList()))
                .setSignTime(signed)
                .build())
        .toList();
  }

  private static ByteString digest(SignedToken token) {
    String number =
        RewardPayload.read(token.getPayload().toByteArray()).orElseThrow().getOutTradeNo();
    return ByteString.copyFrom(RootLink.orderDigest(number));
  }
}
