package dev.lantern.tokenservice;

import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.tokenservice.alarm.TokenAlarms;
import dev.lantern.tokenservice.control.Control;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.signing.Ed25519Engine;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;

/// What the token service counts: signatures, verdicts, sessions; which engine makes them; which
/// alarms are raised and which lanes are halted.
final class TokenMeters {

  private static final AttributeKey<String> VERDICT = AttributeKey.stringKey("verdict");
  private static final AttributeKey<String> ENGINE = AttributeKey.stringKey("engine");

  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> LANE = AttributeKey.stringKey("lane");

  private final LongCounter signed;
  private final LongCounter verified;
  private final LongCounter sessions;

  TokenMeters(Meter meter, Ed25519Engine engine, TokenAlarms alarms, Control control) {
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
    var _ =
        meter
            .gaugeBuilder("lantern.tokens.alarm")
            .ofLongs()
            .setDescription("1 while more than hardly ever of this kind is presented")
            .buildWithCallback(gauge -> {
              for (TokenAlarms.Kind kind : TokenAlarms.Kind.values()) {
                gauge.record(alarms.isRaised(kind) ? 1 : 0, Attributes.of(KIND, kind.word()));
              }
            });
    var _ =
        meter
            .gaugeBuilder("lantern.tokens.decisions.age")
            .setUnit("s")
            .setDescription("how old the revocations and halts are that this instance goes by")
            .buildWithCallback(gauge -> gauge.record(control.age().toMillis() / 1_000.0));
    var _ =
        meter
            .gaugeBuilder("lantern.signing.halted")
            .ofLongs()
            .setDescription("1 while rewards of this lane are not signed")
            .buildWithCallback(gauge -> {
              for (KeyLane lane : KeyLane.values()) {
                gauge.record(control.isHalted(lane) ? 1 : 0, Attributes.of(LANE, lane.word()));
              }
            });
  }

  void signed(int tokens) {
    signed.add(tokens);
  }

  void verified(TokenVerdict verdict) {
    String word =
        switch (verdict) {
          case TokenVerdict.Valid _ -> "VALID";
          case TokenVerdict.Refused refused -> refused.problem().name();
        };
    verified.add(1, Attributes.of(VERDICT, word));
  }

  void sessionIssued() {
    sessions.add(1);
  }
}
