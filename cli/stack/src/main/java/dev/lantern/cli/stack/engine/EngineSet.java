package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.process.JavaLaunch;
import java.nio.file.Path;
import java.security.SecureRandom;

/// The engines of one home, described but not started.
///
/// @param detoured whether our services reach what they depend on by its
///   [dev.lantern.cli.stack.detour.Detour]
public record EngineSet(
    Home home,
    int basePort,
    Secrets secrets,
    DevPki pki,
    ArtifactCache cache,
    JavaLaunch java,
    boolean detoured) {
  public static EngineSet at(Home home, int basePort, Path checkout) {
    var secrets = new Secrets(home, new SecureRandom());
    var cache = ArtifactCache.ofUser(System.getenv());
    var java = new JavaLaunch(checkout, cache.root());
    return new EngineSet(home, basePort, secrets, new DevPki(home, secrets), cache, java, false);
  }

  /// The same, by detours.
  public EngineSet byDetours() {
    return new EngineSet(home, basePort, secrets, pki, cache, java, true);
  }

  public Part part(Engine engine) {
    return switch (engine) {
      case MARIADB -> new MariaDb(home, secrets, pki, cache, engine.port(basePort)).part();
      case REDIS_A, REDIS_B -> new RedisServer(engine, home, secrets, cache, basePort).part();
      case KAFKA -> new KafkaNode(home, java, basePort).part();
    };
  }

  /// The password of a database account.
  public String password(Account account) {
    return secrets.of(account.secret());
  }
}
