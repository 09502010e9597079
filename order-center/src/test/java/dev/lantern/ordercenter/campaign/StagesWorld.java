package dev.lantern.ordercenter.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.campaign.CampaignDesk.Applied;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.order.Rounds.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/// One run of the stages: true time, a store, an operator, instances with clocks of their own, and
/// users whose calls are repeated at other instances. All of it follows from the seed.
final class StagesWorld {
  private static final Instant BEGIN = Instant.parse("2027-01-01T12:00:00Z");
  private static final int INSTANCES = 4;
  private static final long SKEW_MS = 2_000;
  private static final Duration STALE = Duration.ofSeconds(10);

  private final Random random;
  private final MemoryCampaignStore store;
  private final CampaignDesk desk;
  private final List<Instance> instances = new ArrayList<>();
  private final List<Ask> asked = new ArrayList<>();
  private final List<Let> let = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final StagesTree tree = new StagesTree(BEGIN);
  private Duration passed = Duration.ZERO;
  private int applied;

  StagesWorld(long seed) {
    random = new Random(seed);
    long storeSkew = skewMs();
    store = new MemoryCampaignStore(() -> trueTime().plusMillis(storeSkew));
    long deskSkew = skewMs();
    desk = new CampaignDesk(store, () -> trueTime().plusMillis(deskSkew));
    for (int i = 0; i < INSTANCES; i++) {
      instances.add(new Instance(skewMs()));
    }
  }

  void play(int steps) {
    apply(tree.document());
    for (int i = 0; i < steps; i++) {
      pass(random.nextInt(1_500));
      instances.forEach(Instance::maybePoll);
      if (random.nextInt(25) == 0) {
        apply(tree.changed(random, trueTime()));
      }
      for (int call = 0; call < 3; call++) {
        call(random.nextInt(3) == 0 ? again() : fresh());
      }
    }
    judge();
  }

  List<String> violations() {
    return violations;
  }

  int accepted() {
    return let.size();
  }

  int applied() {
    return applied;
  }

  /// Of the scene without rounds, which only the time puts into a stage.
  Map<Stage, Integer> acceptedByStage() {
    Map<Stage, Integer> counts = new EnumMap<>(Stage.class);
    let.stream()
        .filter(one -> one.ask().round().rainId() == 0)
        .forEach(one -> counts.merge(one.request().orderNo().stage(), 1, Integer::sum));
    return counts;
  }

  private Instant trueTime() {
    return BEGIN.plus(passed);
  }

  private void pass(long ms) {
    passed = passed.plusMillis(ms);
  }

  private long skewMs() {
    return random.nextLong(-SKEW_MS, SKEW_MS + 1);
  }

  private void apply(String document) {
    String etag = store.newest(StagesTree.ID).map(Revision::etag).orElse("");
    Applied done =
        desk.apply(
            new CampaignDesk.Application(
                document,
                etag,
                Optional.empty(),
                "r" + passed.toMillis(),
                "operator",
                "a change",
                false,
                OptionalLong.empty()));
    if (done instanceof Applied.Done) {
      applied++;
      tree.took(document);
    } else {
      tree.refused();
    }
  }

  private Ask fresh() {
    // A client's clock may be off by half a minute and is still believed.
    long offMs = random.nextInt(4) == 0 ? random.nextLong(-30_000, 30_001) : skewMs();
    Instant open = trueTime().plusMillis(offMs);
    Ask ask =
        new Ask(
            Lane.LANE_LIVE,
            new ActId(1 + random.nextInt(60)),
            1,
            StagesTree.ID,
            tree.anyRound(random),
            Optional.empty(),
            Fen.ZERO,
            Optional.of(open));
    asked.add(ask);
    return ask;
  }

  private Ask again() {
    return asked.isEmpty()
        ? fresh()
        : asked.get(Math.max(0, asked.size() - 1 - random.nextInt(60)));
  }

  private void call(Ask ask) {
    Instance instance = instances.get(random.nextInt(INSTANCES));
    Resolution resolution = instance.rounds.resolve(ask, instance.clock.now().wall());
    if (resolution instanceof Resolution.Resolved(AcceptRequest request, String _)
        && request.refusal().isEmpty()) {
      let.add(new Let(ask, request));
      if (Duration.between(instance.polledAt, trueTime()).compareTo(STALE) >= 0) {
        violations.add("an instance that could not confirm the revision accepted " + ask);
      }
    }
  }

  /// The oracle: the declared child of the round, in the tree in effect last.
  private void judge() {
    Campaign last = tree.campaign();
    for (Let one : let) {
      String expected = declared(last, one.ask()).map(Child::id).orElse("none");
      if (!expected.equals(one.request().childActivityId())) {
        violations.add(one.ask() + " got " + one.request().childActivityId() + ", not " + expected);
      }
      Stage stage = last.child(one.request().childActivityId()).orElseThrow().stage();
      if (one.request().orderNo().stage() != stage) {
        violations.add(one.ask() + " has a number of stage " + one.request().orderNo().stage());
      }
    }
  }

  private static Optional<Child> declared(Campaign tree, Ask ask) {
    RoundId round = ask.round();
    return tree.children().stream()
        .filter(child ->
            child
                .scene(round.sceneId())
                .filter(scene ->
                    round.rainId() == 0
                        ? child.isOpenAt(ask.openTime().orElseThrow())
                        : scene.rounds().stream().anyMatch(r -> r.rainId() == round.rainId()))
                .isPresent())
        .findFirst();
  }

  /// What an instance let through.
  private record Let(Ask ask, AcceptRequest request) {}

  private final class Instance {
    private final Clock clock;
    private final CampaignWatch watch;
    private final CampaignRounds rounds;
    private Instant polledAt = Instant.MIN;
    private int cutFor;

    Instance(long skewMs) {
      clock = () -> new Moment(passed.toNanos(), trueTime().plusMillis(skewMs));
      watch = new CampaignWatch(store, "a secret for tests".getBytes(UTF_8), clock);
      rounds = new CampaignRounds(watch, (_, _, _, _) -> true);
    }

    // Mostly about once a second; sometimes cut off for a while.
    void maybePoll() {
      if (cutFor > 0) {
        cutFor--;
      } else if (random.nextInt(60) == 0) {
        cutFor = 5 + random.nextInt(25);
      } else {
        polledAt = trueTime();
        watch.poll();
      }
    }
  }
}
