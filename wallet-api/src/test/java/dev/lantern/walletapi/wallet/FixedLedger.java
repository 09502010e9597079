package dev.lantern.walletapi.wallet;

import dev.lantern.sdk.wallet.Flow;
import dev.lantern.sdk.wallet.FlowPosition;
import dev.lantern.sdk.wallet.Ledger;
import dev.lantern.sdk.wallet.Purse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Books that stand still: 100 fen booked of which 30 are held, 5 parked, and seven old flows.
public record FixedLedger(boolean epochSettled) implements Ledger {
  public static final Instant AT = Instant.parse("2027-01-01T12:00:00Z");

  @Override
  public Books read(Question question) {
    return new Books(
        epochSettled,
        Set.of(),
        Inbox.EMPTY,
        List.of(new Booked(Purse.CASH, 100, 30, 120)),
        List.of(new Waiting(Purse.CASH, 5, 1)),
        switch (question.wanted()) {
          case Wanted.Sums() -> List.of();
          case Wanted.Flows(Optional<FlowPosition> after, int limit) ->
              flows(question.key().actId(), after, limit);
        });
  }

  private static List<Flow> flows(long actId, Optional<FlowPosition> after, int limit) {
    return IntStream.rangeClosed(1, 7)
        .mapToObj(i ->
            new Flow(
                FlowPosition.ofOrder(AT.minusSeconds(i), "%d_rain_%d_1_3".formatted(actId, i)),
                i,
                Flow.State.DONE,
                "Spring red packet"))
        .filter(flow -> after.map(flow.position()::isAfter).orElse(true))
        .limit(limit)
        .toList();
  }
}
