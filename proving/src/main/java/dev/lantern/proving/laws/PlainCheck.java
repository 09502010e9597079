package dev.lantern.proving.laws;

import dev.lantern.common.v1.Reason;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// PLAIN: every refusal tells which layer and rule refused, whether to retry and when, the same
/// over gRPC and JSON. One finding per kind and shape, however often it was seen.
final class PlainCheck implements LawCheck {
  private static final String DOMAIN = "lantern";
  private static final long ROUNDING_MS = 1_000;

  @Override
  public Law law() {
    return Law.PLAIN;
  }

  @Override
  public Examined check(Facts facts) {
    var found = new LinkedHashMap<String, Finding>();
    long refusals = 0;
    for (ClientEntry entry : facts.log()) {
      if (entry.told() instanceof Told.Refused refused) {
        refusals++;
        shape(entry, refused, found);
        retry(entry, refused, found);
        reason(entry, refused, found);
      } else if (entry.intent().mustBeRefused() && !(entry.told() instanceof Told.Lost)) {
        add(found, "NOT_REFUSED", entry, entry.told().toString());
      }
    }
    same(facts.log(), found);
    if (facts.drained()) {
      bothWays(facts.log(), found);
    }
    return new Examined(refusals, new ArrayList<>(found.values()));
  }

  private static void shape(ClientEntry entry, Told.Refused refused, Map<String, Finding> found) {
    if (refused.reason().isEmpty() || refused.layer().isEmpty() || refused.rule().isEmpty()) {
      add(found, "SAYS_NOT_WHO", entry, refused.toString());
    } else if (!refused.domain().equals(DOMAIN)) {
      add(found, "FOREIGN_DOMAIN", entry, refused.toString());
    } else if (duty(refused) == RetryDuty.NEVER_SENT) {
      add(found, "UNKNOWN_REASON", entry, refused.toString());
    }
    boolean json = entry.protocol() == Protocol.JSON;
    if (json
        && !Expected.HTTP.getOrDefault(refused.code(), Set.of()).contains(refused.httpStatus())) {
      add(found, "STATUS_IS_NOT_THE_CODE", entry, refused.toString());
    }
    if (refused.reason().equals("INVALID_FIELD") && refused.field().isEmpty()) {
      add(found, "NAMES_NO_FIELD", entry, refused.toString());
    }
  }

  private static void retry(ClientEntry entry, Told.Refused refused, Map<String, Finding> found) {
    switch (duty(refused)) {
      case SAYS_WHEN -> {
        Long header =
            entry.protocol() == Protocol.GRPC
                ? refused.pushbackMs()
                : inMillis(refused.retryAfterS());
        if (refused.retryMs() == null || header == null || header < 0) {
          add(found, "SAYS_NOT_WHEN", entry, refused.toString());
        } else if (Math.abs(header - refused.retryMs()) > ROUNDING_MS) {
          add(found, "SAYS_TWO_TIMES", entry, refused.toString());
        }
      }
      case SAYS_NO -> {
        boolean invited =
            refused.retryMs() != null
                || refused.retryAfterS() != null
                || (refused.pushbackMs() != null && refused.pushbackMs() >= 0);
        if (invited) {
          add(found, "INVITES_USELESS_RETRY", entry, refused.toString());
        }
      }
      case NEVER_SENT -> {}
    }
  }

  private static @Nullable Long inMillis(@Nullable Long seconds) {
    return seconds == null ? null : seconds * 1_000;
  }

  private static void reason(ClientEntry entry, Told.Refused refused, Map<String, Finding> found) {
    Set<String> expected = Expected.reasons(entry.intent());
    if (refused.reason().equals("INTERNAL")) {
      add(found, "INTERNAL_ERROR", entry, refused.toString());
    } else if (!expected.isEmpty()
        && !expected.contains(refused.reason())
        && !Expected.PASSING.contains(refused.reason())) {
      add(found, "ANOTHER_REASON", entry, "expected " + expected + ", told " + refused);
    }
  }

  /// The same cause is refused alike over both protocols. Passing reasons come and go, so only
  /// their shape is compared; broken bodies are found by whoever parses that protocol's bodies, so
  /// their layer and rule may differ.
  private static void same(List<ClientEntry> log, Map<String, Finding> found) {
    var byCause = new HashMap<String, Map<Protocol, Set<String>>>();
    for (ClientEntry entry : log) {
      if (entry.told() instanceof Told.Refused refused) {
        boolean passing = Expected.PASSING.contains(refused.reason());
        String cause = passing ? refused.reason() : causeOf(entry);
        byCause
            .computeIfAbsent(cause, _ -> new EnumMap<>(Protocol.class))
            .computeIfAbsent(entry.protocol(), _ -> new HashSet<>())
            .add(passing ? refused.code() : answerOf(entry, refused));
      }
    }
    byCause.forEach((cause, answers) -> {
      Set<String> json = answers.get(Protocol.JSON);
      Set<String> grpc = answers.get(Protocol.GRPC);
      if (json != null && grpc != null && !json.equals(grpc) && judged(cause)) {
        found.put(
            "same " + cause,
            Finding.of(
                Law.PLAIN,
                "PROTOCOLS_DIFFER",
                "%s: JSON tells %s, gRPC %s".formatted(cause, json, grpc),
                "Make both from one Status."));
      }
    });
  }

  /// What is provoked on purpose is provoked over both protocols, or nothing was compared.
  private static void bothWays(List<ClientEntry> log, Map<String, Finding> found) {
    var protocols = new HashMap<String, Set<Protocol>>();
    for (ClientEntry entry : log) {
      if (Expected.provokedOverBoth(entry.intent())) {
        protocols.computeIfAbsent(causeOf(entry), _ -> new HashSet<>()).add(entry.protocol());
      }
    }
    protocols.forEach((cause, seen) -> {
      if (seen.size() < Protocol.values().length) {
        found.put(
            "one " + cause,
            Finding.of(
                Law.PLAIN,
                "PROVOKED_OVER_ONE_PROTOCOL",
                cause + " was sent over " + seen + " alone",
                "Mend the driver."));
      }
    });
  }

  /// Causes that do not depend on the moment.
  private static boolean judged(String cause) {
    return Expected.PASSING.contains(cause) || !cause.startsWith("any:");
  }

  private static String causeOf(ClientEntry entry) {
    return entry.intent().mustBeRefused()
        ? entry.intent() + " " + entry.subject()
        : "any:" + entry.intent();
  }

  private static String answerOf(ClientEntry entry, Told.Refused refused) {
    String what = refused.reason() + "/" + refused.code();
    return switch (entry.intent()) {
      case MALFORMED, OVERSIZE, UNKNOWN_PATH, WRONG_METHOD -> what;
      default -> what + "/" + refused.layer() + "/" + refused.rule() + "/" + refused.field();
    };
  }

  private static RetryDuty duty(Told.Refused refused) {
    try {
      return RetryDuty.of(Reason.valueOf("REASON_" + refused.reason()));
    } catch (IllegalArgumentException e) {
      return RetryDuty.NEVER_SENT;
    }
  }

  private static void add(
      Map<String, Finding> found, String kind, ClientEntry entry, String detail) {
    Intent intent = entry.intent();
    String where =
        "%s %s %s over %s".formatted(intent, entry.call(), entry.subject(), entry.protocol());
    String reason = entry.told() instanceof Told.Refused refused ? refused.reason() : "";
    found.putIfAbsent(
        kind + " " + where + " " + reason,
        Finding.of(Law.PLAIN, kind, where + ": " + detail, "Mend the mapper of that layer."));
  }
}
