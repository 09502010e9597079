package dev.lantern.controlplane.keys;

import dev.lantern.runtime.errors.Refused;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks token-service, directly and not through the mesh, for the session keys, and tells when they
/// change. What was last told stays in force while token-service does not answer.
public final class SessionKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SessionKeys.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final TokenServiceGrpc.TokenServiceBlockingStub tokens;
  private final Consumer<String> onChange;
  private String jwks;
  private boolean answered = true;

  public SessionKeys(
      TokenServiceGrpc.TokenServiceBlockingStub tokens,
      Optional<String> known,
      Consumer<String> onChange) {
    this.tokens = tokens;
    this.jwks = known.orElse("");
    this.onChange = onChange;
  }

  /// Asks once; never throws for a service that is down.
  public void refresh() {
    String now;
    try {
      now = ask();
    } catch (StatusRuntimeException | Refused e) {
      if (answered) {
        LOG.warn("token-service does not tell its keys; the last known stay: {}", e.toString());
      }
      answered = false;
      return;
    }
    answered = true;
    if (!now.equals(jwks)) {
      LOG.info("the session keys have changed");
      jwks = now;
      onChange.accept(now);
    }
  }

  private String ask() {
    var response =
        tokens
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .listKeys(
                ListKeysRequest.newBuilder().setPurpose(KeyPurpose.KEY_PURPOSE_SESSION).build());
    // No keys at all is no answer: it would shut everybody out.
    return response.getKeysCount() == 0 ? jwks : response.getJwksJson();
  }
}
