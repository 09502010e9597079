package dev.lantern.cli.command;

import dev.lantern.order.v1.WarmRequest;
import dev.lantern.order.v1.WarmResponse;
import dev.lantern.order.v1.WarmServiceGrpc;
import dev.lantern.order.v1.WarmStep;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern warm`.
@Command(
    name = "warm",
    description = {
      "Ready every running instance of order-center before an opening: fill its pools, connect its"
          + " channels, walk the way of a first call.",
      "Prints how long each thing took the first time and takes now. Exit code 1 if something is not"
          + " ready. Changes nothing, and may be repeated."
    },
    mixinStandardHelpOptions = true)
final class WarmCommand implements Callable<Integer> {
  private static final int DEADLINE_S = 10;

  private final Place place;

  @Option(names = "--json", description = "Print the answers as JSON.")
  private boolean json;

  WarmCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    StackAccess stack = dev.lantern.proving.Wiring.stack(place.stack());
    String id = "warm-" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    List<WarmResponse> warmed = new ArrayList<>();
    boolean all = true;
    for (StackAccess.Address address :
        Stream.concat(stack.orderApis().stream(), stack.orderSettles().stream()).toList()) {
      try {
        WarmResponse answer = warm(stack, address, id);
        warmed.add(answer);
        all &= answer.getStepsList().stream().allMatch(step -> step.getProblem().isEmpty());
      } catch (StatusRuntimeException refused) {
        place.err().println("lantern warm: port " + address.port() + ": " + refused.getStatus());
        all = false;
      }
    }
    if (json) {
      place
          .out()
          .println(warmed.stream().map(Printed::json).collect(Collectors.joining(",\n", "[", "]")));
    } else {
      warmed.forEach(this::print);
    }
    return all ? ExitCode.OK : ExitCode.FAILED;
  }

  private static WarmResponse warm(StackAccess stack, StackAccess.Address address, String id) {
    try (Operator operator = Operator.at(address, stack.operator())) {
      return WarmServiceGrpc.newBlockingStub(operator.channel())
          .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
          .warm(WarmRequest.newBuilder().setRequestId(id).setReason("lantern warm").build());
    }
  }

  private void print(WarmResponse answer) {
    place.out().println("  " + answer.getInstance());
    for (WarmStep step : answer.getStepsList()) {
      place
          .out()
          .printf(
              "    %-14s %5d calls   first %9.2f ms   now %9.2f ms  %s%n",
              step.getName(),
              step.getCount(),
              millis(step.getFirst()),
              millis(step.getLast()),
              step.getProblem().isEmpty() ? "" : "NOT READY: " + step.getProblem());
    }
  }

  private static double millis(com.google.protobuf.Duration duration) {
    return duration.getSeconds() * 1e3 + duration.getNanos() / 1e6;
  }
}
