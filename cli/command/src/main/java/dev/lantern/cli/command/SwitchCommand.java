package dev.lantern.cli.command;

import com.google.protobuf.util.Timestamps;
import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.Switch;
import dev.lantern.mesh.v1.SwitchReader;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.SwitchServiceGrpc.SwitchServiceBlockingStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern switch`.
@Command(
    name = "switch",
    description = "The switches that Envoy and the services obey.",
    mixinStandardHelpOptions = true)
final class SwitchCommand {
  private static final long DEADLINE_S = 10;

  private final Place place;

  SwitchCommand(Place place) {
    this.place = place;
  }

  @Command(
      name = "list",
      description = "Show all switches, and whether everybody obeys them.",
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var response = switches(operator).listSwitches(ListSwitchesRequest.getDefaultInstance());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        response.getSwitchesList().forEach(this::print);
        response.getReadersList().forEach(this::print);
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "set",
      description = "Turn one switch; Envoy and the services follow within a second.",
      mixinStandardHelpOptions = true)
  int set(
      @Parameters(index = "0", paramLabel = "NAME", description = "As `list` names it.")
          String name,
      @Parameters(
              index = "1",
              paramLabel = "STATE",
              converter = SwitchState.class,
              description =
                  "on, off, a share such as 25%% or 0.5%%, or 0 to 10000 per ten thousand.")
          Integer state,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              converter = Span.class,
              description = "Falls back to its default after 45s, 30m, 1h, 7d.")
          @Nullable Duration lasting,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    var request =
        SetSwitchRequest.newBuilder()
            .setName(name)
            .setPerTenThousand(state)
            .setAuthor(signature.author())
            .setReason(signature.reason());
    if (lasting != null) {
      request.setExpireTime(Timestamps.fromMillis(System.currentTimeMillis() + lasting.toMillis()));
    }
    try (var operator = OperatorChannel.toControlPlane(place)) {
      var response = switches(operator).setSwitch(request.build());
      if (json) {
        place.out().println(Printed.json(response));
      } else {
        print(response.getSwitch());
      }
      return ExitCode.OK;
    }
  }

  private void print(SwitchReader reader) {
    place
        .out()
        .printf(
            "%-24s %-8s %s%s%n",
            reader.getName(),
            reader.getCurrent() ? "obeys" : "BEHIND",
            "heard " + Printed.time(reader.getReportTime()),
            reader.hasBusyPercent() ? ", " + reader.getBusyPercent() + "% busy" : "");
  }

  private void print(Switch one) {
    place
        .out()
        .printf(
            "%-24s %-8s %s%n",
            one.getName(), SwitchState.spoken(one.getPerTenThousand()), one.getDescription());
    boolean changed = one.getPerTenThousand() != one.getDefaultPerTenThousand();
    if (changed) {
      place
          .out()
          .printf(
              "%-33s %sby %s at %s%s%s; default %s%n",
              "",
              one.getLevel().isEmpty() ? "" : one.getLevel() + ", ",
              one.getAuthor(),
              Printed.time(one.getUpdateTime()),
              one.getReason().isEmpty() ? "" : ": " + one.getReason(),
              one.hasExpireTime() ? ", until " + Printed.time(one.getExpireTime()) : "",
              SwitchState.spoken(one.getDefaultPerTenThousand()));
    }
  }

  private static SwitchServiceBlockingStub switches(OperatorChannel operator) {
    return SwitchServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }
}
