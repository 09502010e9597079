package dev.lantern.walletapi.wallet;

import dev.lantern.sdk.wallet.Flow;
import dev.lantern.sdk.wallet.FlowPosition;
import dev.lantern.sdk.wallet.Ledger;
import dev.lantern.sdk.wallet.Purse;
import dev.lantern.sdk.wallet.WalletKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Books that stand still: 100 fen booked of which 30 are held, 5 parked, and seven old flows.
public record FixedLedger(boolean epochSettled) implements Ledger, Ledger.Snapshot {
  public static final Instant AT = Instant.parse("2027-01-01T12:00:00Z");

  @Override
  public <T> T inSnapshot(Function<Snapshot, T> read) {
    return read.apply(this);
  }

  @Override
  public List<Booked> booked(WalletKey key) {
    return List.of(new Booked(Purse.CASH, 100, 30, 120));
  }

  @Override
  public List<Waiting> waiting(WalletKey key) {
    return List.of(new Waiting(Purse.CASH, 5, 1));
  }

  @Override
  public Inbox inbox(WalletKey key) {
    return Inbox.EMPTY;
  }

  @Override
  public Set<String> handled(long actId, Collection<String> orderNos) {
    return Set.of();
  }

  @Override
  public boolean settled(int lane, String epochId) {
    return epochSettled;
  }

  @Override
  public List<Flow> flows(WalletKey key, Optional<FlowPosition> after, int limit) {
    return IntStream.rangeClosed(1, 7)
        .mapToObj(i ->
            new Flow(
                FlowPosition.ofOrder(
                    AT.minusSeconds(i), "%d_rain_%d_1_3".formatted(key.actId(), i)),
                i,
                Flow.State.DONE,
                "Spring red packet"))
        .filter(flow -> after.map(flow.position()::isAfter).orElse(true))
        .limit(limit)
        .toList();
  }
}
