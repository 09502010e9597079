package dev.lantern.controlplane;

import dev.lantern.controlplane.audit.MysqlAuditStore;
import dev.lantern.controlplane.check.EnvoyBinary;
import dev.lantern.controlplane.check.PolicyCheck;
import dev.lantern.controlplane.gateways.Gateways;
import dev.lantern.controlplane.keys.SessionKeys;
import dev.lantern.controlplane.levels.LevelDesk;
import dev.lantern.controlplane.levels.LevelPilot;
import dev.lantern.controlplane.levels.MysqlLevelStore;
import dev.lantern.controlplane.levels.SwitchApi;
import dev.lantern.controlplane.limits.LimitFeed;
import dev.lantern.controlplane.mesh.Mesh;
import dev.lantern.controlplane.mesh.Truth;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.MysqlRevisionStore;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.MeshResources;
import dev.lantern.controlplane.rollout.Edits;
import dev.lantern.controlplane.rollout.EnvoyReaders;
import dev.lantern.controlplane.rollout.Expiry;
import dev.lantern.controlplane.rollout.PolicyService;
import dev.lantern.controlplane.rollout.Preview;
import dev.lantern.controlplane.rollout.Takeback;
import dev.lantern.controlplane.state.LastKnown;
import dev.lantern.controlplane.state.StateFile;
import dev.lantern.controlplane.switches.MysqlSwitchStore;
import dev.lantern.controlplane.switches.Readers;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.switches.SwitchService;
import dev.lantern.controlplane.switches.SwitchStore;
import dev.lantern.controlplane.topology.Endpoint;
import dev.lantern.controlplane.traffic.AccessLog;
import dev.lantern.controlplane.xds.Ledger;
import dev.lantern.controlplane.xds.XdsServer;
import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.schema.Migrations;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.sql.Database;
import dev.lantern.token.v1.TokenServiceGrpc;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// documents → check → store → mesh → xds → Envoys switches ↗ ↘ ledger → rollout
final class Wiring {
  private static final String NAME = "control-plane";

  private Wiring() {}

  static ServiceHost start(ControlPlaneConfig config) {
    InstantSource clock = InstantSource.system();
    ServerConfig server = config.server();
    Telemetry telemetry =
        Telemetry.start(config.telemetry(), NAME, server.host(), server.metricsPort());
    TlsIdentity identity = TlsIdentity.open(server.tls());
    Database database = Database.open(config.database(), NAME);
    var channels = new Channels(identity, telemetry, Duration.ofSeconds(1));

    var file = new StateFile(config.mesh().data());
    Optional<LastKnown> disk = file.read();
    LastKnown known = disk.orElseGet(LastKnown::nothing);

    var gateways = new Gateways(clock, known.gateways());
    var ledger = new Ledger(clock, gateways);
    XdsServer xds =
        XdsServer.start(new Endpoint(config.xds().host(), config.xds().port()), identity, ledger);
    var compiler =
        new MeshResources(Layout.topology(config), Contracts.load(), Surface.of(config.mesh()));
    var mesh = new Mesh(compiler, xds, file, known);
    var limits = new LimitFeed(clock);
    mesh.listen(limits::policy);

    RevisionStore policies = new MysqlRevisionStore(database);
    SwitchStore switchStore = new MysqlSwitchStore(database);
    var board = new SwitchBoard(clock);
    var audit = new MysqlAuditStore(database);
    var readers = new Readers(clock);
    var switches =
        new SwitchService(
            board,
            switchStore,
            audit,
            readers,
            new EnvoyReaders(ledger, xds)::all,
            mesh::isRunning,
            clock);
    var levelStore = new MysqlLevelStore(database);
    var levels = new LevelDesk(levelStore, audit, board, clock);
    telemetry.gauge("level.changes.waiting", levels::waiting);
    telemetry.gauge("level.reviews.due", levels::due);
    var pilot = new LevelPilot(board, switchStore, readers, clock);
    board.listen(mesh::switches);
    board.listen((table, _) -> switches.tellWatchers(table));

    var reader = new DocumentReader(compiler.known());
    var check =
        new PolicyCheck(
            compiler,
            reader,
            config
                .mesh()
                .envoyBinary()
                .map(binary -> new EnvoyBinary(binary, config.mesh().data().resolve("candidates"))),
            mesh::inputs);
    var edits = new Edits(policies, reader, audit, check, mesh, board, clock);
    var expiry = new Expiry(policies, reader, edits, clock);
    var takeback = new Takeback(policies, reader, compiler, ledger, edits, clock);
    var requests =
        new AccessLog(config.mesh().edge().accessLog(), compiler.edgeRoutes().all(), clock);
    var previews = new Preview(policies, reader, check, compiler, board, requests, clock);
    var truth =
        new Truth(
            () -> Migrations.run(config.database(), Duration.ZERO),
            policies,
            switchStore,
            reader,
            edits,
            mesh,
            board,
            Seeds.read(config.mesh().seeds()));
    board.learn(known.automaticLevel());
    if (!truth.load()) {
      truth.startFrom(disk);
    }

    var keys =
        new SessionKeys(
            TokenServiceGrpc.newBlockingStub(channels.to(config.tokenService())),
            Optional.of(known.jwks()),
            mesh::jwks);
    // Nothing here touches the database, nor a lock that is held while somebody else does: levels
    // come, turns end and gateways are counted while it hangs.
    var ticks =
        new Ticks("ticks")
            .every(
                Duration.ofMillis(200), "counting gateways", () -> mesh.gateways(gateways.live()))
            .every(Duration.ofMillis(200), "ending switches that ran out", board::tick)
            .every(Duration.ofMillis(500), "deciding the level", pilot::tick)
            .every(Duration.ofSeconds(3), "being in touch", switches::stayInTouch)
            .every(Duration.ofSeconds(3), "being in touch with limiters", limits::stayInTouch);
    var patientTicks =
        new Ticks("patient-ticks")
            .every(Duration.ofSeconds(1), "loading from the database", truth::load)
            .every(Duration.ofSeconds(1), "writing down the level", pilot::writeDown)
            .every(Duration.ofSeconds(1), "writing down what ran out", switches::settleRunOut)
            .every(Duration.ofSeconds(2), "catching up on turns", switches::catchUp)
            .every(Duration.ofSeconds(2), "catching up on revisions", edits::catchUp)
            .every(
                Duration.ofMillis(500),
                "taking back what was refused",
                () -> takeback.tick(mesh.revision(), mesh.inputs()))
            .every(
                Duration.ofSeconds(1),
                "ending rules that expired",
                () -> expiry.tick(mesh.revision(), mesh.inputs().policy()))
            .every(Duration.ofSeconds(10), "ending what nobody decided", levels::lapse)
            .every(config.mesh().keysEvery(), "asking for keys", keys::refresh);

    return ServiceHost.builder(NAME, server, identity, telemetry)
        .access(Access.policy())
        .service(new PolicyService(edits, previews, policies, audit, mesh, xds, ledger))
        .service(limits)
        .service(new SwitchApi(switches, levels, levelStore, board, readers, clock))
        .documents(
            PolicyServiceGrpc.getPreviewPolicyMethod(),
            "documents",
            PolicyService.MOST_DOCUMENT_BYTES)
        .documents(
            PolicyServiceGrpc.getValidatePolicyMethod(),
            "documents",
            PolicyService.MOST_DOCUMENT_BYTES)
        .documents(
            PolicyServiceGrpc.getApplyPolicyMethod(),
            "documents",
            PolicyService.MOST_DOCUMENT_BYTES)
        .health("mysql", database::ping)
        .onStop(telemetry)
        .onStop(identity)
        .onStop(database)
        .onStop(channels)
        .onStop(xds)
        .onStop(patientTicks)
        .onStop(ticks)
        .start();
  }
}
