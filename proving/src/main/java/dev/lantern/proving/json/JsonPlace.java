package dev.lantern.proving.json;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.envoy.EnvoyBinary;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.pki.Leaf;
import dev.lantern.cli.stack.port.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where the two are compared: services that answer by script, an edge of our own before them, and
/// on demand the gateway. On loopback, in a folder of its own, with certificates made for it.
public final class JsonPlace implements AutoCloseable {
  private static final String EDGE = "envoy-edge";
  private static final long USER = 42;
  private static final List<String> NAMED = List.of("token-service", "control-plane");

  private final Path folder;
  private final Leaf identity;
  private final ScriptedServices services;
  private final OwnEdge edge;
  private final String session;

  private JsonPlace(
      Path folder, Leaf identity, ScriptedServices services, OwnEdge edge, String session) {
    this.folder = folder;
    this.identity = identity;
    this.services = services;
    this.edge = edge;
    this.session = session;
  }

  /// What it takes from the machine it runs on.
  ///
  /// @param checkout the project's folder
  public record Machine(
      Path checkout, Map<String, String> environment, SecureRandom random, InstantSource clock) {
    ArtifactCache cache() {
      return ArtifactCache.ofUser(environment);
    }

    /// The peer's binary, built if it is not there.
    public Path gateway() throws IOException, InterruptedException {
      return new GatewayBuild(checkout, cache()).binary();
    }
  }

  /// Opens it with these policies at the edge.
  public static JsonPlace open(Machine machine, Path folder, Map<String, String> policies)
      throws IOException, InterruptedException {
    Home home = Home.open(folder.resolve("home"));
    var pki = new DevPki(home, new Secrets(home, machine.random()));
    var identities = new HashMap<String, Leaf>();
    for (String name : names()) {
      identities.put(name, pki.leaf(name));
    }
    Leaf identity = pki.leaf(EDGE);
    ScriptedServices services = ScriptedServices.start(identities);
    try {
      var key = SessionKey.generate(machine.clock());
      int base = FreePorts.base();
      var parts =
          new OwnEdge.Parts(
              new EnvoyBinary(machine.cache(), machine.environment()).path(),
              identity,
              known(services),
              key.jwks(),
              policies,
              folder);
      OwnEdge edge = OwnEdge.start(parts, base, base + 1);
      return new JsonPlace(folder, identity, services, edge, key.session(USER));
    } catch (IOException | InterruptedException | RuntimeException e) {
      services.close();
      throw e;
    }
  }

  /// Who answers, and who is only named by policies.
  private static Map<String, Integer> known(ScriptedServices services) {
    var ports = new HashMap<>(services.ports());
    int any = ports.values().iterator().next();
    NAMED.forEach(name -> ports.putIfAbsent(name, any));
    return ports;
  }

  private static Iterable<String> names() {
    return Arrays.stream(Rpcs.values()).map(Rpcs::service).distinct().toList();
  }

  /// The policies that a stack begins with.
  public static Map<String, String> seeds(Path checkout) throws IOException {
    var seeds = new HashMap<String, String>();
    try (Stream<Path> files = Files.list(checkout.resolve("envoy").resolve("policies"))) {
      for (Path file : files.toList()) {
        seeds.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return seeds;
  }

  /// The gateway before the same services; the caller closes it.
  public GatewayProcess gateway(Path binary) throws IOException {
    return GatewayProcess.start(binary, identity, services.ports(), folder.resolve("gateway.log"));
  }

  public OwnEdge edge() {
    return edge;
  }

  /// A session that holds.
  public String session() {
    return session;
  }

  ScriptedServices services() {
    return services;
  }

  @Override
  public void close() {
    edge.close();
    services.close();
  }
}
