package dev.lantern.proving.laws;

/// The laws, in the order they are reported.
public enum Law {
  ONCE("client logs", "orders, postings"),
  CAP("client logs", "budgets"),
  DRAIN("orders, conflicts, releases", "budgets, leases"),
  KEEP("client logs", "orders, conflicts"),
  SUM("postings", "balances, platform accounts"),
  VIEW("grabs in the client logs", "wallets in the client logs; balances"),
  COUNT("orders", "counters in the client logs"),
  APART("what users were shown", "the declared tree; orders"),
  PLAIN("refusals over JSON", "refusals over gRPC; the contract");

  private final String source;
  private final String against;

  Law(String source, String against) {
    this.source = source;
    this.against = against;
  }

  /// What the law is computed from.
  public String source() {
    return source;
  }

  /// What that is compared with.
  public String against() {
    return against;
  }

  /// Whether the law can be judged without any client's log.
  public boolean judgedByStoresAlone() {
    return switch (this) {
      case DRAIN, SUM -> true;
      case ONCE, CAP, KEEP, VIEW, COUNT, APART, PLAIN -> false;
    };
  }
}
