package dev.lantern.cli.command;

import com.google.protobuf.util.Timestamps;
import dev.lantern.order.v1.ListParkedRequest;
import dev.lantern.order.v1.ListParkedResponse;
import dev.lantern.order.v1.ParkedFilter;
import dev.lantern.order.v1.ParkedItem;
import dev.lantern.order.v1.ParkedKind;
import dev.lantern.order.v1.ParkedServiceGrpc;
import dev.lantern.order.v1.ParkedServiceGrpc.ParkedServiceBlockingStub;
import dev.lantern.order.v1.ParkedTotal;
import dev.lantern.order.v1.ResolveParkedRequest;
import dev.lantern.order.v1.ResumeParkedRequest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern parked`.
@Command(
    name = "parked",
    description = "Orders that could not be booked, and promises beside an order.",
    mixinStandardHelpOptions = true)
final class ParkedCommand {
  private static final long DEADLINE_S = 10;
  private static final int MOST_LISTED = 1_000;

  private final Place place;

  ParkedCommand(Place place) {
    this.place = place;
  }

  @Command(
      name = "list",
      description = "Show what is set aside, and what it comes to by reason.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Which which,
      @Option(names = "--kind", description = "One of ${COMPLETION-CANDIDATES}; all if left out.")
          @Nullable Kind kind,
      @Option(
              names = "--limit",
              defaultValue = "100",
              paramLabel = "N",
              description = "At most so many, 1000 at most.")
          int limit,
      @Option(names = "--json") boolean json) {
    var request =
        ListParkedRequest.newBuilder()
            .setFilter(which.filter())
            .setKind(kind == null ? ParkedKind.PARKED_KIND_UNSPECIFIED : kind.proto)
            .setPageSize(Math.min(limit, 100));
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var all = ListParkedResponse.newBuilder();
      do {
        var page = parked(operator).listParked(request.build());
        all.addAllItems(page.getItemsList()).addAllTotals(page.getTotalsList());
        request.setPageToken(page.getNextPageToken());
      } while (!request.getPageToken().isEmpty()
          && all.getItemsCount() < Math.min(limit, MOST_LISTED));
      print(all.setNextPageToken(request.getPageToken()).build(), json);
      return ExitCode.OK;
    }
  }

  @Command(
      name = "resume",
      description = "Give parked orders back to settlement: one, or those that match.",
      mixinStandardHelpOptions = true)
  int resume(
      @ArgGroup(exclusive = false) @Nullable One one,
      @Mixin Which which,
      @Option(
              names = "--limit",
              defaultValue = "500",
              paramLabel = "N",
              description = "At most so many, 500 at most.")
          int limit,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    var request =
        ResumeParkedRequest.newBuilder()
            .setFilter(which.filter())
            .setLimit(one == null ? limit : 0)
            .setRequestId(UUID.randomUUID().toString())
            .setReason(Reasoned.of(signature));
    if (one != null) {
      request.setOrderNo(one.orderNo).setActId(one.actId());
    }
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response = parked(operator).resumeParked(request.build());
      place
          .out()
          .println(
              json
                  ? Printed.json(response)
                  : response.getResumedCount()
                      + " resumed, "
                      + response.getRemainingCount()
                      + " more could be.");
      return one != null && response.getResumedCount() == 0 ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  @Command(
      name = "resolve",
      description = "End one for good: discard it, or pay a conflict beside its order.",
      mixinStandardHelpOptions = true)
  int resolve(
      @Parameters(paramLabel = "DECISION", description = "discard or pay.") Decision decision,
      @ArgGroup(exclusive = false, multiplicity = "1") One one,
      @Option(
              names = "--conflict",
              paramLabel = "ID",
              defaultValue = "",
              description = "The conflict of that number, as `list` names it.")
          String conflict,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    var request =
        ResolveParkedRequest.newBuilder()
            .setActId(one.actId())
            .setOrderNo(one.orderNo)
            .setConflictId(conflict)
            .setDecision(decision.proto)
            .setRequestId(UUID.randomUUID().toString())
            .setReason(Reasoned.of(signature))
            .build();
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var response = parked(operator).resolveParked(request);
      place
          .out()
          .println(
              json
                  ? Printed.json(response)
                  : "released "
                      + response.getReleasedFen()
                      + " fen, paid "
                      + response.getPaidFen()
                      + " fen.");
      return ExitCode.OK;
    }
  }

  private void print(ListParkedResponse response, boolean json) {
    if (json) {
      place.out().println(Printed.json(response));
      return;
    }
    for (ParkedItem item : response.getItemsList()) {
      place
          .out()
          .printf(
              "%-8s  %-44s  %10d  %s  %s%s%n",
              name(item.getKind()),
              item.getOrderNo(),
              item.getAward().getAmountFen(),
              Printed.time(item.getAcceptTime()),
              item.getReason(),
              item.getConflictId().isEmpty() ? "" : "  --conflict " + item.getConflictId());
    }
    for (ParkedTotal total : response.getTotalsList()) {
      place
          .out()
          .printf(
              "%-8s  %-44s  %10d  in %d%n",
              name(total.getKind()), total.getReason(), total.getAmountFen(), total.getCount());
    }
    if (!response.getNextPageToken().isEmpty()) {
      place.out().println("and more.");
    }
  }

  private static String name(ParkedKind kind) {
    return switch (kind) {
      case PARKED_KIND_ORDER -> "parked";
      case PARKED_KIND_RETRYING -> "retrying";
      case PARKED_KIND_CONFLICT -> "conflict";
      case PARKED_KIND_UNSPECIFIED, UNRECOGNIZED -> "?";
    };
  }

  private static ParkedServiceBlockingStub parked(OperatorChannel operator) {
    return ParkedServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  /// What an operator may restrict a list to.
  enum Kind {
    PARKED(ParkedKind.PARKED_KIND_ORDER),
    RETRYING(ParkedKind.PARKED_KIND_RETRYING),
    CONFLICT(ParkedKind.PARKED_KIND_CONFLICT);

    private final ParkedKind proto;

    Kind(ParkedKind proto) {
      this.proto = proto;
    }
  }

  /// How something is ended.
  enum Decision {
    DISCARD(ResolveParkedRequest.Decision.DECISION_DISCARD),
    PAY(ResolveParkedRequest.Decision.DECISION_PAY);

    private final ResolveParkedRequest.Decision proto;

    Decision(ResolveParkedRequest.Decision proto) {
      this.proto = proto;
    }
  }

  /// One order.
  static final class One {
    @Option(
        names = "--order",
        required = true,
        paramLabel = "NUMBER",
        description = "The order's number.")
    private String orderNo = "";

    @Option(
        names = "--user",
        paramLabel = "ACT_ID",
        description = "Its user, where the number does not begin with it.")
    private long actId;

    long actId() {
      int end = orderNo.indexOf('_');
      boolean told = end > 0 && orderNo.substring(0, end).matches("[1-9][0-9]{0,17}");
      return actId == 0 && told ? Long.parseLong(orderNo.substring(0, end)) : actId;
    }
  }

  /// Several, by what they have in common.
  static final class Which {
    @Option(names = "--activity", defaultValue = "", description = "The parent activity.")
    private String activity = "";

    @Option(
        names = "--code",
        defaultValue = "",
        paramLabel = "CODE",
        description = "What their reason begins with, such as NO_BUDGET.")
    private String code = "";

    @Option(
        names = "--older",
        paramLabel = "TIME",
        converter = Span.class,
        description = "Accepted longer ago than 45s, 30m, 1h, 7d.")
    private @Nullable Duration older;

    ParkedFilter filter() {
      var filter = ParkedFilter.newBuilder().setActivityId(activity).setReason(code);
      if (older != null) {
        filter.setAcceptedBefore(
            Timestamps.fromMillis(System.currentTimeMillis() - older.toMillis()));
      }
      return filter.build();
    }
  }
}
