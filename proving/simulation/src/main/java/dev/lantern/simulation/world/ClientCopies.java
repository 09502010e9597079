package dev.lantern.simulation.world;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.world.OrderStory.Ack;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The tokens that clients hold: one with each acknowledgement. Some users never hand theirs in.
final class ClientCopies {
  private static final double ABSENT = 0.3;
  private static final double SOME = 0.3;
  private static final double LATE = 0.6;
  private static final Duration AFTER_STORM = Duration.ofSeconds(15);
  private static final long SALT = 0x5DEECE66D1CE4E5BL;

  private final World world;
  private final TreeMap<Long, List<Copy>> byUser = new TreeMap<>();

  /// When each user comes who does.
  private final TreeMap<Long, Long> comesAt = new TreeMap<>();

  private final Set<Told> told = new HashSet<>();
  private final boolean handedIn;

  /// @param handedIn whether clients hand them in
  ClientCopies(World world, boolean handedIn) {
    this.world = world;
    this.handedIn = handedIn;
  }

  /// Where a seed is aimed at it, and in some of those that are aimed at nothing.
  static boolean areHandedIn(long seed, Aim aim) {
    return aim == Aim.LOST_COPIES || (aim == Aim.NOTHING && new Dice(seed * SALT + 3).chance(SOME));
  }

  boolean areHandedIn() {
    return handedIn;
  }

  /// A promise of which its client was told that it is in the books.
  private record Told(String orderNo, Ack ack) {}

  /// A copy of a client's.
  static final class Copy {
    final OrderStory story;
    final Ack ack;
    final SignedToken token;

    /// Whether the client was told that it need not keep it.
    boolean done;

    Copy(OrderStory story, Ack ack, SignedToken token) {
      this.story = story;
      this.ack = ack;
      this.token = token;
    }

    RedPacketToken payload() {
      try {
        return RedPacketToken.parseFrom(token.getPayload());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("an acknowledged token is readable", e);
      }
    }
  }

  void start() {
    if (!handedIn) {
      return;
    }
    Dice dice = world.dice;
    for (long user = 1; user <= world.plan.users(); user++) {
      if (!dice.chance(ABSENT)) {
        comesAt.put(user, dice.chance(LATE) ? late(dice) : 0L);
        new CopyHolder(world, user).start();
      }
    }
  }

  /// Some time in the storm or soon after it: before a window's end, after it, or meanwhile.
  private long late(Dice dice) {
    return dice.anyWait(Duration.ZERO, world.plan.storm().plus(AFTER_STORM)).toNanos();
  }

  Duration comesAfter(long user) {
    return Duration.ofNanos(comesAt.getOrDefault(user, 0L));
  }

  /// Whether this user hands copies in by now.
  boolean isThere(long user) {
    return handedIn && comesAt.getOrDefault(user, Long.MAX_VALUE) <= world.baton.now();
  }

  /// Kept with the answer. One that nobody could sign is no token.
  void keep(OrderStory story, Ack ack, SignedToken token) {
    if (token.getProofCase() != SignedToken.ProofCase.PROOF_NOT_SET) {
      List<Copy> held = byUser.computeIfAbsent(story.user, _ -> new ArrayList<>());
      boolean known = held.stream().anyMatch(copy -> copy.token.equals(token));
      if (!known) {
        held.add(new Copy(story, ack, token));
      }
    }
  }

  List<Copy> of(long user) {
    return byUser.getOrDefault(user, List.of());
  }

  List<Copy> all() {
    return byUser.values().stream().flatMap(List::stream).toList();
  }

  /// The client was told that this is in the books.
  void isDone(Copy copy) {
    copy.done = true;
    told.add(new Told(copy.story.orderNo, copy.ack));
  }

  /// Whether it was ever told so of this promise.
  boolean wasTold(OrderStory story, Ack ack) {
    return told.contains(new Told(story.orderNo, ack));
  }

  /// What has not been handed in to the end by those who do so.
  List<String> left() {
    if (!handedIn) {
      return List.of();
    }
    return all().stream()
        .filter(copy -> !copy.done && comesAt.containsKey(copy.story.user))
        .map(copy -> "copy of " + copy.story.orderNo)
        .toList();
  }
}
