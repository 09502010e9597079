package dev.lantern.simulation.vendor;

import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.Downstream;
import dev.lantern.ordercenter.grant.DueGrant;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// A vendor that keeps the contract of docs/downstreams.md: one id, one thing; what it has said for
/// good it says again. Beyond that it is moody: it rejects, sells out, asks to be asked later, and
/// does not know whether it has done it, does it all the same, or does it later.
public final class SimVendor implements Downstream {
  public static final String NAME = "vendor";
  private static final String STEP = "Downstream.grant";
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration LATEST = Duration.ofSeconds(9);
  private static final Duration LONGEST_WISH = Duration.ofSeconds(2);

  private final Baton baton;
  private final Dice dice;
  private final Hits hits;
  private final Moods moods;
  private final BooleanSupplier storming;
  private final Map<String, Integer> stock = new HashMap<>();
  private final Map<String, Answer> said = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private final TreeMap<String, Gift> gifts = new TreeMap<>();
  private Runnable given = () -> {};

  /// How often it does not simply give.
  public record Moods(double rejects, double retries, double unknowns) {}

  /// What a user has got.
  public record Gift(GrantId id, String budgetId) {}

  public SimVendor(Baton baton, Dice dice, Hits hits, Moods moods, BooleanSupplier storming) {
    this.baton = baton;
    this.dice = dice;
    this.hits = hits;
    this.moods = moods;
    this.storming = storming;
  }

  /// It has so many of a thing.
  public void stocks(String templateId, int count) {
    stock.put(templateId, count);
  }

  /// Told whenever a user has got something.
  public void onGift(Runnable told) {
    given = told;
  }

  /// Its journal: what it has given, by grant id.
  public Map<String, Gift> gifts() {
    return gifts;
  }

  @Override
  public Answer grant(DueGrant grant) {
    String id = grant.id().text();
    if (said.containsKey(id)) {
      return said.get(id);
    }
    if (underWay.contains(id)) {
      return new Answer.Unknown("under way");
    }
    if (storming.getAsBoolean() && dice.chance(moods.unknowns())) {
      return unknown(grant);
    }
    if (storming.getAsBoolean() && dice.chance(moods.retries())) {
      hits.hit(Fault.VENDOR_RETRY, STEP);
      return new Answer.Retry(
          dice.chance(0.5)
              ? Optional.of(dice.anyWait(Duration.ZERO, LONGEST_WISH))
              : Optional.empty(),
          "busy");
    }
    return decide(grant);
  }

  @Override
  public Answer ask(GrantId id) {
    if (said.containsKey(id.text())) {
      return said.get(id.text());
    }
    if (underWay.contains(id.text())) {
      return new Answer.Unknown("under way");
    }
    hits.hit(Fault.VENDOR_NOT_FOUND, "Downstream.ask");
    return new Answer.NotFound();
  }

  /// The same at the end of a wire: silence is an answer that tells nothing.
  public static Downstream tellingSilence(Downstream remote) {
    return new Downstream() {
      @Override
      public Answer grant(DueGrant grant) {
        try {
          return remote.grant(grant);
        } catch (Refused silence) {
          return new Answer.Unknown("no answer");
        }
      }

      @Override
      public Answer ask(GrantId id) {
        try {
          return remote.ask(id);
        } catch (Refused silence) {
          return new Answer.Unknown("no answer");
        }
      }
    };
  }

  private Answer unknown(DueGrant grant) {
    hits.hit(Fault.VENDOR_UNKNOWN, STEP);
    String id = grant.id().text();
    switch (dice.between(0, 2)) {
      case 0 -> {}
      case 1 -> {
        var _ = decide(grant);
      }
      case 2 -> {
        underWay.add(id);
        baton.in(
            dice.wait(SOON, LATEST),
            () -> {
              underWay.remove(id);
              var _ = decide(grant);
            });
      }
      default -> throw new IllegalStateException("three ways of not knowing");
    }
    return new Answer.Unknown("no idea");
  }

  /// For good; written down before it is said.
  private Answer decide(DueGrant grant) {
    String id = grant.id().text();
    Answer answer;
    if (dice.chance(moods.rejects())) {
      hits.hit(Fault.VENDOR_REJECTS, STEP);
      answer = new Answer.Refused("REJECTED");
    } else if (stock.merge(grant.templateId(), -1, Integer::sum) < 0) {
      hits.hit(Fault.VENDOR_SOLD_OUT, STEP);
      answer = new Answer.Refused("SOLD_OUT");
    } else {
      answer = new Answer.Granted("ref-" + id);
      gifts.put(id, new Gift(grant.id(), grant.budgetId()));
    }
    said.put(id, answer);
    baton.trace().note(baton.now(), NAME, id, answer.toString());
    given.run();
    return answer;
  }
}
