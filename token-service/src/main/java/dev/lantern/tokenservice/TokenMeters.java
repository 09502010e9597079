package dev.lantern.tokenservice;

import dev.lantern.tokenservice.signing.Ed25519Engine;
import dev.lantern.tokenservice.token.Verdict;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;

/// What the token service counts: signatures, verdicts, sessions, and which engine makes them.
final class TokenMeters {

  private static final AttributeKey<String> VERDICT = AttributeKey.stringKey("verdict");
  private static final AttributeKey<String> ENGINE = AttributeKey.stringKey("engine");

  private final LongCounter signed;
  private final LongCounter verified;
  private final LongCounter sessions;

  TokenMeters(Meter meter, Ed25519Engine engine) {
    this.signed = meter.counterBuilder("lantern.tokens.signed").build();
    this.verified = meter.counterBuilder("lantern.tokens.verified").build();
    this.sessions = meter.counterBuilder("lantern.sessions.issued").build();
    Attributes which = Attributes.of(ENGINE, engine.kind().word());
    var _ =
        meter
            .gaugeBuilder("lantern.signing.engine")
            .ofLongs()
            .setDescription("1 for the Ed25519 provider in use")
            .buildWithCallback(gauge -> gauge.record(1, which));
  }

  void signed(int tokens) {
    signed.add(tokens);
  }

  void verified(Verdict verdict) {
    String word =
        switch (verdict) {
          case Verdict.Valid _ -> "VALID";
          case Verdict.Refused refused -> refused.problem().name();
        };
    verified.add(1, Attributes.of(VERDICT, word));
  }

  void sessionIssued() {
    sessions.add(1);
  }
}
