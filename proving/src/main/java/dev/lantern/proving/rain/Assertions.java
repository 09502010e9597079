package dev.lantern.proving.rain;

import dev.lantern.proving.place.StackAccess.DemoApp;
import dev.lantern.sdk.session.AppAssertions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Assertions for the rain's users, good and bad.
final class Assertions {
  private static final int UNKNOWN_APP = 9_999;

  private final AppAssertions good;
  private final AppAssertions forged;
  private final AppAssertions expired;
  private final AppAssertions unknown;

  Assertions(DemoApp app, InstantSource clock, RandomGenerator random) {
    good = new AppAssertions(app.appId(), app.key(), clock, random);
    expired =
        new AppAssertions(
            app.appId(), app.key(), InstantSource.offset(clock, Duration.ofMinutes(-10)), random);
    unknown = new AppAssertions(UNKNOWN_APP, app.key(), clock, random);
    try {
      var stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      forged = new AppAssertions(app.appId(), stranger.getPrivate(), clock, random);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The same person in every run: wallets of several campaigns then belong to one act_id.
  String of(int user) {
    return good.of(name(user));
  }

  String forged(int user) {
    return forged.of(name(user));
  }

  String expired(int user) {
    return expired.of(name(user));
  }

  String ofUnknownApp(int user) {
    return unknown.of(name(user));
  }

  private static String name(int user) {
    return "rain-user-%06d".formatted(user);
  }
}
