package dev.lantern.ordercenter.weak;

import dev.lantern.ordercenter.play.PlayService;
import java.util.LinkedHashMap;
import java.util.Map;

/// order-center's part of the switch catalogue; `docs/switches.md` is made from it.
///
/// A switch stands at 0 to 10,000 per ten thousand. Those that remove a dependency are on above 0.
public enum OrderSwitch {
  QUEUE(
      "order.queue",
      "Kafka",
      "Nothing. Orders wait in the ledger's inbox instead of the log, and are booked from there.",
      10_000,
      "WithoutWeakEngineTest, InboxEngineTest, the simulation, `chaos weak`",
      Breakers.ONE),
  REDIS(
      "order.redis",
      "Redis A: claims and tokens",
      "For 3 s UNAVAILABLE, then answers as ever, by the inbox. Wallets are `partial` (`tokens`)."
          + " Of two calls of one number at instances with and without Redis the second may be told"
          + " another outcome until the order is booked; the better one is kept for an operator.",
      10_000,
      "WithoutWeakEngineTest, InboxEngineTest, the simulation, `chaos weak`",
      Breakers.ONE),
  TOKENS(
      "order.tokens",
      "token-service",
      "Answers have no `token`; the server's record alone is paid. A retry after it is back gets"
          + " it.",
      10_000,
      "WithoutWeakEngineTest, the simulation, `chaos weak`",
      Breakers.ONE),
  COUNTERS(
      "order.counters",
      "counter-service",
      "Nothing of rewards. How many were opened, and what they held, stands still, and is right"
          + " again within a second or two of its return: totals are told, never differences.",
      10_000,
      "SettleSwitchesEngineTest, `chaos weak`",
      Breakers.ONE),
  DOWNSTREAMS(
      "order.downstreams",
      "the downstreams: who gives what is not money",
      "Things are promised as ever and stay PROCESSING; cash is not affected. What waits is asked"
          + " for once it is on again.",
      10_000,
      "GrantWiringEngineTest",
      Breakers.EACH),
  WEAK(
      "order.weak",
      "all of the above at once",
      "For 3 s UNAVAILABLE, as without Redis. Then orders are booked within their call (`state`"
          + " SUCCESS), without a token; nothing but the ledger is needed. Slower: one transaction"
          + " an order. Things wait, counts stand still.",
      10_000,
      "WithoutWeakEngineTest, the simulation",
      Breakers.NONE),
  REISSUE(
      "order.reissue",
      "the paying of reissues",
      "Nothing. Reissues that are approved stand still, and go on where they were.",
      10_000,
      "OwnPaceTest",
      Breakers.NONE),
  RECONCILE(
      "order.reconcile",
      "comparing the log's records with the books",
      "Nothing. Findings of that kind come later; nothing is skipped.",
      10_000,
      "OwnPaceTest",
      Breakers.NONE),
  INQUIRIES(
      "order.inquiries",
      "asking vendors what they gave",
      "Nothing. Findings of that kind come later; what a grant waits for is asked all the same.",
      10_000,
      "OwnPaceTest",
      Breakers.NONE),
  DROP(
      PlayService.DROP,
      "a share of the users, at the edge and here",
      "DROPPED, come back in 5 s; the same users until it is changed.",
      0,
      "RefusalsE2eTest, MeshE2eTest, GrabDropTest",
      Breakers.NONE);

  /// Who flips a switch beside operators.
  public enum Breakers {
    /// Nobody.
    NONE,
    /// One breaker of this instance.
    ONE,
    /// For each downstream the breaker of its own gate, for its own calls alone.
    EACH
  }

  private final String id;
  private final String removes;
  private final String usersSee;
  private final int standing;
  private final String test;
  private final Breakers breakers;

  OrderSwitch(
      String id, String removes, String usersSee, int standing, String test, Breakers breakers) {
    this.id = id;
    this.removes = removes;
    this.usersSee = usersSee;
    this.standing = standing;
    this.test = test;
    this.breakers = breakers;
  }

  /// Its name in policies and in the control plane.
  public String id() {
    return id;
  }

  public String removes() {
    return removes;
  }

  public String usersSee() {
    return usersSee;
  }

  /// Per ten thousand, while nobody has set it.
  public int standing() {
    return standing;
  }

  /// What cuts the dependency and shows what is promised here.
  public String test() {
    return test;
  }

  /// Who flips it, too.
  public Breakers breakers() {
    return breakers;
  }

  /// Whether [#WEAK] switches it off, too.
  public boolean isWeak() {
    return breakers != Breakers.NONE;
  }

  /// What [dev.lantern.runtime.switches.Switches] is to know.
  public static Map<String, Integer> catalogue() {
    Map<String, Integer> all = new LinkedHashMap<>();
    for (OrderSwitch one : values()) {
      all.put(one.id, one.standing);
    }
    return all;
  }
}
