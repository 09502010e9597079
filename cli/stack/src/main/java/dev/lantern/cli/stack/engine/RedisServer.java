package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.cache.JarContents;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.home.Template;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Redis 7.0.15: one static binary out of a jar, with a password, appending to its log once a
/// second. It never evicts: a full Redis refuses writes, it does not forget tokens.
final class RedisServer {
  private static final String VERSION = "7.0.15";

  private final Engine which;
  private final Home home;
  private final Secrets secrets;
  private final ArtifactCache cache;
  private final int port;

  RedisServer(Engine which, Home home, Secrets secrets, ArtifactCache cache, int basePort) {
    this.which = which;
    this.home = home;
    this.secrets = secrets;
    this.cache = cache;
    this.port = which.port(basePort);
  }

  Part part() {
    return new Part(
        which.part(),
        List.of(port),
        Set.of(),
        this::prepare,
        new RedisProbe(port, secrets.of(which.part())),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15));
  }

  private Launch prepare() throws IOException, InterruptedException {
    Path binary = cache.directory("redis-" + VERSION, RedisServer::unpack).resolve("redis-server");
    Path data = Files.createDirectories(home.data().resolve(which.part()));
    Path file = home.conf().resolve(which.part() + ".conf");
    PrivateFiles.write(
        file,
        Template.resource(RedisServer.class, "redis.conf")
            .fill(Map.of("port", port, "data", data, "password", secrets.of(which.part()))));
    return new Launch(List.of(binary.toString(), file.toString()), Map.of("TZ", "UTC"), data);
  }

  private static void unpack(Path empty) throws IOException {
    String name = "redis-server-" + VERSION + "-linux-" + architecture();
    JarContents.copy("/" + name, name, empty.resolve("redis-server"), String::isEmpty);
    JarContents.executable(empty.resolve("redis-server"));
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other ->
          throw new StackException(
              "there is no embedded Redis for this processor (" + other + ")",
              "use an x86-64 Linux machine, or a Redis of your own");
    };
  }
}
