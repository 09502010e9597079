package dev.lantern.cli.stack.envoy;

import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.cli.stack.home.Template;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.pki.Leaf;
import dev.lantern.cli.stack.process.Launch;
import dev.lantern.cli.stack.process.Processes;
import dev.lantern.cli.stack.service.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The two proxies. Each starts from a static bootstrap of the checkout's `envoy/` folder, which
/// says who it is and where the control plane is; the rest it is told from there.
///
/// They are two so that load at the edge can starve neither the calls between services nor the way
/// operators mend things. `--disable-hot-restart` lets two run side by side; one worker thread each
/// is what two cores bear.
public final class EnvoyPart {
  /// Which of the two.
  public enum Role {
    EDGE,
    MESH
  }

  public static final String EDGE = "envoy-edge";
  public static final String MESH = "envoy-mesh";

  private static final int MOST_CONNECTIONS = 20_000;

  private final EngineSet stack;
  private final Role role;

  public EnvoyPart(EngineSet stack, Role role) {
    this.stack = stack;
    this.role = role;
  }

  public Part part() {
    int listener = port(role == Role.EDGE ? Port.EDGE : Port.MESH);
    return new Part(
        name(),
        role == Role.EDGE
            ? List.of(listener, adminPort())
            : List.of(listener, port(Port.ADMIN), adminPort()),
        Set.of("control-plane"),
        this::prepare,
        new EnvoyProbe(adminPort(), listener),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10));
  }

  private String name() {
    return role == Role.EDGE ? EDGE : MESH;
  }

  private int adminPort() {
    return port(role == Role.EDGE ? Port.ENVOY_EDGE : Port.ENVOY_MESH);
  }

  private int port(Port port) {
    return port.of(stack.basePort());
  }

  private Launch prepare() throws IOException, InterruptedException {
    Path binary = new EnvoyBinary(stack.cache(), System.getenv()).path();
    Path bootstrap =
        stack.java().checkout().resolve(role == Role.EDGE ? "envoy/edge.yaml" : "envoy/mesh.yaml");
    Path file = stack.home().conf().resolve(name() + ".yaml");
    PrivateFiles.write(
        file, new Template(bootstrap.toString(), Files.readString(bootstrap)).fill(values()));
    new Processes(stack.home()).logs().rotate(name() + ".access");
    return new Launch(
        List.of(
            binary.toString(),
            "--config-path",
            file.toString(),
            "--disable-hot-restart",
            "--concurrency",
            "1",
            "--log-level",
            "warning"),
        Map.of("TZ", "UTC"),
        stack.home().run());
  }

  private Map<String, Object> values() throws IOException, InterruptedException {
    Leaf leaf = stack.pki().leaf(name());
    var values = new HashMap<String, Object>();
    values.put("name", name());
    values.put("node", name() + "-1");
    values.put("admin.port", adminPort());
    values.put("operators.port", port(Port.ADMIN));
    values.put("xds.host", "127.0.0.1");
    values.put("xds.port", port(Port.ADS));
    values.put("control-plane.host", "127.0.0.1");
    values.put("control-plane.port", port(Port.XDS));
    values.put("certificate", leaf.certificate());
    values.put("key", leaf.key());
    values.put("ca", leaf.authority());
    values.put("access.log", stack.home().logs().resolve(name() + ".access.log"));
    values.put("max.connections", MOST_CONNECTIONS);
    return values;
  }
}
