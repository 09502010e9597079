package dev.lantern.controlplane.envoy;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.mesh.v1.ApplyPolicyRequest;
import dev.lantern.mesh.v1.GetRolloutRequest;
import dev.lantern.mesh.v1.GetRolloutResponse;
import dev.lantern.mesh.v1.NodeRollout;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The whole mesh: MariaDB, the control plane in a process of its own, both Envoys from the
/// product's bootstraps, real services behind them. Operators come through the admin listener.
public final class LiveMesh implements AutoCloseable {
  private static final List<String> IDENTITIES =
      List.of(
          "order-center",
          "wallet-api",
          "token-service",
          "counter-service",
          "control-plane",
          "envoy-edge",
          "envoy-mesh",
          "operator",
          "approver",
          "viewer");

  public final Caller caller;
  private @Nullable EnvoyProcess edge;
  private @Nullable EnvoyProcess mesh;
  private final Path dir;
  private final TestCa ca;
  private final Map<String, String> places = new HashMap<>();
  private final List<TestServices> services = new ArrayList<>();
  private volatile TestKeys keys;
  private ControlPlaneProcess controlPlane;
  private final ManagedChannel admin;
  private String lastRefusal = "";

  private LiveMesh(Path dir) throws Exception {
    this.dir = dir;
    this.ca = TestCa.create(dir, IDENTITIES);
    this.keys = TestKeys.generate("k1");
    startServices();
    fillPlaces();
    this.controlPlane = ControlPlaneProcess.launch(dir, places);
    this.caller = new Caller(port("edge.port"));
    this.admin = channel("operator", port("operators.port"), "control-plane");
    try {
      controlPlane.awaitListening();
      this.edge = envoy("edge.yaml", "envoy-edge", "admin.edge");
      this.mesh = envoy("mesh.yaml", "envoy-mesh", "admin.mesh");
      EnvoyProcess.await("both Envoys run the newest", this::allCurrent);
    } catch (IOException | AssertionError e) {
      close();
      throw new IOException(e.getMessage() + "; last refusal: " + lastRefusal, e);
    }
  }

  public static LiveMesh start(Path dir) throws Exception {
    return new LiveMesh(dir);
  }

  // --- callers ---------------------------------------------------------------------------------

  public Map<String, String> session(long actId) throws GeneralSecurityException {
    return Map.of("authorization", "Bearer " + keys.session(actId));
  }

  /// token-service signs with another key from now on.
  public void rotateKeys(String keyId) throws GeneralSecurityException {
    keys = TestKeys.generate(keyId);
  }

  public PolicyServiceGrpc.PolicyServiceBlockingStub policies() {
    return PolicyServiceGrpc.newBlockingStub(admin).withDeadlineAfter(8, TimeUnit.SECONDS);
  }

  public SwitchServiceGrpc.SwitchServiceBlockingStub switches() {
    return SwitchServiceGrpc.newBlockingStub(admin).withDeadlineAfter(8, TimeUnit.SECONDS);
  }

  public void turn(String name, int perTenThousand) {
    var _ =
        switches()
            .setSwitch(
                SetSwitchRequest.newBuilder()
                    .setName(name)
                    .setPerTenThousand(perTenThousand)
                    .setAuthor("test")
                    .setReason("trial")
                    .build());
  }

  public long apply(String name, String yaml) {
    return policies().applyPolicy(edit(name, yaml)).getRevision().getRevision();
  }

  public static ApplyPolicyRequest edit(String name, String yaml) {
    return ApplyPolicyRequest.newBuilder()
        .addDocuments(PolicyDocument.newBuilder().setName(name).setYaml(yaml))
        .setAuthor("test")
        .setReason("trial")
        .setRequestId(UUID.randomUUID().toString())
        .build();
  }

  public GetRolloutResponse rollout() {
    return policies().getRollout(GetRolloutRequest.getDefaultInstance());
  }

  public NodeRollout node(String id) {
    return rollout().getNodesList().stream()
        .filter(node -> node.getNodeId().equals(id))
        .findFirst()
        .orElse(NodeRollout.getDefaultInstance());
  }

  public boolean allCurrent() {
    try {
      return node("gateway-1").getCurrent() && node("mesh-1").getCurrent();
    } catch (io.grpc.StatusRuntimeException e) {
      lastRefusal = e.toString();
      return false;
    }
  }

  /// Waits until the edge runs what is in force.
  public void awaitEdge() {
    EnvoyProcess.await("the edge runs the newest", () -> node("gateway-1").getCurrent());
  }

  /// A channel with this identity to an authority behind a listener.
  public ManagedChannel channel(String identity, int port, String authority) throws Exception {
    var own = ca.identity(identity);
    var credentials =
        TlsChannelCredentials.newBuilder()
            .keyManager(
                TestServices.stream(own.certificateChain()), TestServices.stream(own.privateKey()))
            .trustManager(TestServices.stream(ca.trust()))
            .build();
    return NettyChannelBuilder.forAddress("localhost", port, credentials)
        .overrideAuthority(authority)
        .build();
  }

  public int port(String place) {
    return Integer.parseInt(place(place));
  }

  public String place(String name) {
    String value = places.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }

  // --- parts -----------------------------------------------------------------------------------

  public void killControlPlane() {
    controlPlane.kill();
  }

  public void startControlPlane() throws IOException {
    controlPlane = ControlPlaneProcess.launch(dir, places);
    controlPlane.awaitListening();
  }

  /// The same with no database where it looks for one.
  public void startControlPlaneWithoutDatabase() throws IOException {
    String real = place("mariadb.port");
    places.put("mariadb.port", Integer.toString(EnvoyProcess.freePort()));
    controlPlane = ControlPlaneProcess.launch(dir, places);
    places.put("mariadb.port", real);
    controlPlane.awaitListening();
  }

  public EnvoyProcess edge() {
    return Objects.requireNonNull(edge);
  }

  /// Starts the edge anew from a changed bootstrap.
  public void restartEdge(UnaryOperator<String> change) throws IOException {
    edge().close();
    edge = envoy("edge.yaml", "envoy-edge", "admin.edge", change);
  }

  private void startServices() throws Exception {
    for (String name : List.of("order-center", "wallet-api", "counter-service")) {
      place(name, TestServices.start(ca, name));
    }
    place("token-service", TestServices.start(ca, "token-service", () -> keys.jwks()));
  }

  private void place(String name, TestServices service) {
    services.add(service);
    places.put(name, service.endpoint().toString());
    places.put(name + ".port", Integer.toString(service.endpoint().port()));
  }

  private void fillPlaces() throws Exception {
    Engines engines = SharedEngines.with(Engine.MARIADB);
    places.put("mariadb.port", Integer.toString(engines.port(Engine.MARIADB)));
    places.put("password", engines.password(Account.CONTROL_PLANE));
    for (String port :
        List.of(
            "edge.port",
            "mesh.port",
            "operators.port",
            "control-plane.port",
            "metrics.port",
            "xds.port",
            "admin.edge",
            "admin.mesh")) {
      places.put(port, Integer.toString(EnvoyProcess.freePort()));
    }
    places.put("xds.host", "127.0.0.1");
    places.put("control-plane.host", "127.0.0.1");
    places.put("max.connections", "5000");
    places.put("dir", dir.toString());
    places.put("checkout", System.getProperty("lantern.checkout", ".."));
    places.put("envoy", EnvoyProcess.binary().toString());
    for (String identity : List.of("control-plane", "envoy-edge", "envoy-mesh")) {
      ca.files(identity);
    }
  }

  private EnvoyProcess envoy(String template, String identity, String adminPlace)
      throws IOException {
    return envoy(template, identity, adminPlace, text -> text);
  }

  private EnvoyProcess envoy(
      String template, String identity, String adminPlace, UnaryOperator<String> change)
      throws IOException {
    Path folder = dir.resolve(identity);
    var filled = new HashMap<>(places);
    filled.put("node", identity.equals("envoy-edge") ? "gateway-1" : "mesh-1");
    filled.put("admin.port", place(adminPlace));
    filled.put("certificate", folder.resolve("cert.pem").toString());
    filled.put("key", folder.resolve("key.pem").toString());
    filled.put("ca", folder.resolve("ca.pem").toString());
    filled.put("access.log", dir.resolve("admin-access.log").toString());
    Path source = Path.of(place("checkout"), "envoy", template);
    Path config = dir.resolve(adminPlace + ".yaml");
    Files.writeString(config, change.apply(fill(Files.readString(source), filled)));
    return EnvoyProcess.start(config, Integer.parseInt(place(adminPlace)), dir);
  }

  static String fill(String text, Map<String, String> places) {
    String filled = text;
    for (var place : places.entrySet()) {
      filled = filled.replace("${" + place.getKey() + "}", place.getValue());
    }
    return filled;
  }

  @Override
  public void close() {
    admin.shutdownNow();
    caller.close();
    for (EnvoyProcess envoy : new @Nullable EnvoyProcess[] {edge, mesh}) {
      if (envoy != null) {
        envoy.close();
      }
    }
    controlPlane.kill();
    services.forEach(TestServices::close);
  }
}
