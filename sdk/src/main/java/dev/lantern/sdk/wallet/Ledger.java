package dev.lantern.sdk.wallet;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The booked side, on the primary.
@FunctionalInterface
public interface Ledger {
  /// Answers as of one instant, which lies after this call began. Throws the store's exception when
  /// the ledger is down or late: without the ledger there is no wallet.
  Books read(Question question);

  /// What is asked of the ledger, once Redis has answered.
  ///
  /// @param epochId under which the tokens were read
  /// @param orderNos of the tokens and of a client's copies
  record Question(WalletKey key, Optional<String> epochId, Set<String> orderNos, Wanted wanted) {
    public Question {
      orderNos = Set.copyOf(orderNos);
    }

    /// Also of these numbers.
    Question and(Collection<String> numbers) {
      Set<String> all = new HashSet<>(orderNos);
      all.addAll(numbers);
      return new Question(key, epochId, all, wanted);
    }

    static Question of(TokenMap tokens, WalletKey key, Wanted wanted) {
      return switch (tokens) {
        case TokenMap.Read(String epochId, List<Promise> promises) ->
            new Question(
                key,
                Optional.of(epochId),
                Set.copyOf(promises.stream().map(Promise::orderNo).toList()),
                wanted);
        case TokenMap.Unusable _ -> new Question(key, Optional.empty(), Set.of(), wanted);
      };
    }
  }

  /// Which part of the books.
  sealed interface Wanted {
    /// [Books#booked] and [Books#waiting].
    record Sums() implements Wanted {}

    /// [Books#flows]: the newest `limit` after `after`, perhaps some more.
    record Flows(Optional<FlowPosition> after, int limit) implements Wanted {}
  }

  /// The answer.
  ///
  /// @param settled whether settlement has passed the queue ends that were read after the epoch
  ///   began
  /// @param handled those of the numbers asked for, and of the inbox's, that a row in `orders`
  ///   stands for, whatever its state
  /// @param inbox the user's inbox rows of this child, in the order of their arrival
  /// @param booked the stored balances of the key
  /// @param waiting what waits in the ledger, summed: PARKED and RETRYING orders, open conflicts
  /// @param flows rows of `orders` and `conflicts` with an amount, newest first
  record Books(
      boolean settled,
      Set<String> handled,
      Inbox inbox,
      List<Booked> booked,
      List<Waiting> waiting,
      List<Flow> flows) {
    public Books {
      handled = Set.copyOf(handled);
      booked = List.copyOf(booked);
      waiting = List.copyOf(waiting);
      flows = List.copyOf(flows);
    }
  }

  /// Inbox rows; not whole when one could not be read or there were too many.
  record Inbox(List<Promise> promises, boolean whole) {
    public static final Inbox EMPTY = new Inbox(List.of(), true);

    public Inbox {
      promises = List.copyOf(promises);
    }
  }

  /// A stored balance.
  record Booked(Purse purse, long bookedFen, long heldFen, long incomeFen) {}

  /// Rows that wait, of one purse.
  record Waiting(Purse purse, long amountFen, int count) {}
}
