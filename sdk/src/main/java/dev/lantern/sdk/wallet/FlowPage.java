package dev.lantern.sdk.wallet;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A page of flows, newest first: the ledger's rows and the outstanding promises, merged.
///
/// What was there when the first page was read comes exactly once while one pages on, whatever is
/// accepted, booked, parked or discarded in between: a flow's place never changes, each page holds
/// only places after the last one given, and a promise turns into its row within one read (the same
/// order of reads as the wallet's, W1). What is accepted later is newer and belongs before the
/// first page. When a source is missing, `missing` says so and its flows are not there.
///
/// @param next where to go on; empty at the end
public record FlowPage(
    List<Flow> flows, Optional<FlowPosition> next, Set<WalletView.Source> missing) {

  public FlowPage {
    flows = List.copyOf(flows);
    missing = Set.copyOf(missing);
  }

  static FlowPage of(TokenMap tokens, Ledger.Books books, Optional<FlowPosition> after, int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("a page holds something");
    }
    Outstanding outstanding = Outstanding.of(tokens, books);
    List<Flow> merged =
        Stream.concat(
                books.flows().stream(),
                outstanding.promises().stream()
                    .map(FlowPage::processing)
                    .filter(flow -> after.map(flow.position()::isAfter).orElse(true)))
            .sorted(Comparator.comparing(Flow::position))
            .limit(limit + 1L)
            .toList();
    boolean more = merged.size() > limit;
    List<Flow> page = more ? merged.subList(0, limit) : merged;
    return new FlowPage(
        page,
        more ? Optional.of(page.getLast().position()) : Optional.empty(),
        outstanding.missing());
  }

  private static Flow processing(Promise promise) {
    return new Flow(
        FlowPosition.ofOrder(promise.acceptedAt(), promise.orderNo()),
        promise.amountFen(),
        Flow.State.PROCESSING,
        promise.title());
  }
}
