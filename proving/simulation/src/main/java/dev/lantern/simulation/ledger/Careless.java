package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.budget.BudgetControl;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.budget.LeaseStore;
import dev.lantern.ordercenter.closing.LeaseClosingStore;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.parked.Discardable;
import dev.lantern.ordercenter.parked.ParkedStore;
import dev.lantern.ordercenter.settle.Advance;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Claim;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.sdk.wallet.Ledger;
import dev.lantern.simulation.world.Swap;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Stores that leave out one condition of a statement each: what mutations put in place of the
/// sound ones.
public final class Careless {
  private Careless() {}

  /// A grant takes nothing from what is free.
  public static LeaseStore grantingWithoutTaking(LeaseStore store, Tables tables) {
    return Swap.method(
        LeaseStore.class,
        store,
        "grant",
        (args, real) -> {
          LeaseStore.GrantRequest request = (LeaseStore.GrantRequest) args[0];
          Object answer = real.get();
          if (answer instanceof LeaseStore.Granting.Granted(var slice, _)) {
            Objects.requireNonNull(tables.budgets.get(request.budgetId())).free += slice.value();
          }
          return answer;
        });
  }

  /// The rest of a lease comes back each time it is sent.
  public static LeaseStore returningAgain(LeaseStore store, Tables tables) {
    return Swap.method(
        LeaseStore.class,
        store,
        "retire",
        (args, real) -> {
          Lease lease = tables.leases.get(((LeaseId) args[0]).value());
          if (lease == null || lease.state == LeaseState.OPEN) {
            return real.get();
          }
          long rest = ((Fen) args[1]).value();
          Objects.requireNonNull(tables.budgets.get(lease.budgetId)).free += rest;
          lease.slice -= rest;
          return null;
        });
  }

  /// Leases are fenced wherever the partition stands.
  public static LeaseClosingStore fencingAnywhere(LeaseClosingStore store, Tables tables) {
    return Swap.method(
        LeaseClosingStore.class,
        store,
        "storeEnds",
        (args, real) -> {
          Object done = real.get();
          for (Object id : (Collection<?>) args[0]) {
            Objects.requireNonNull(tables.leases.get((Long) id)).parts.stream()
                .filter(part -> !part.fenced)
                .forEach(part -> part.queueEnd = 0);
          }
          return done;
        });
  }

  /// Orders are written over what is there.
  public static BookingStore overwriting(Tables tables) {
    return new SimBookingStore(tables) {
      @Override
      boolean isThere(Effects effects) {
        return false;
      }
    };
  }

  /// Bookings count on fenced leases, too.
  public static BookingStore bookingOnFenced(Tables tables) {
    return new SimBookingStore(tables) {
      @Override
      boolean isFenced(Effects effects) {
        return false;
      }
    };
  }

  /// A discard returns its unit, and no row says so.
  public static ParkedStore releasingUnnoted(Tables tables) {
    return new SimParkedStore(tables) {
      @Override
      void release(Discardable what) {
        giveBack(what);
      }
    };
  }

  /// A discard returns its unit as often as it is sent.
  public static ParkedStore releasingAgain(Tables tables) {
    return new SimParkedStore(tables) {
      @Override
      boolean isRemembered() {
        return false;
      }

      @Override
      boolean isAsRead(OrderEntry order, Discardable what) {
        return true;
      }

      @Override
      void release(Discardable what) {
        tables.releases.put(what.releaseName(), new Tables.Release(what.budgetId(), what.units()));
        giveBack(what);
      }
    };
  }

  /// The ledger as it is now, however late it is asked.
  public static Ledger asOfNow(Tables tables) {
    return new SimWalletLedger(copyOf(tables));
  }

  private static Tables copyOf(Tables tables) {
    Tables copy = new Tables();
    tables.orders.forEach((number, order) -> copy.orders.put(number, order.copy()));
    copy.conflicts.putAll(tables.conflicts);
    copy.balances.putAll(tables.balances);
    copy.inbox.putAll(tables.inbox);
    copy.claimGap = tables.claimGap;
    tables.epochs.forEach((id, epoch) -> {
      Tables.Epoch copied = new Tables.Epoch();
      copied.settled = epoch.settled;
      copied.endsReadAt = epoch.endsReadAt;
      copy.epochs.put(id, copied);
    });
    return copy;
  }

  /// The ledger as it is now, claim gaps left out.
  public static Ledger blindToGaps(Tables tables) {
    Tables copy = copyOf(tables);
    copy.claimGap = null;
    return new SimWalletLedger(copy);
  }

  /// A commit in two: the offset first, then what was read up to it.
  public static BookingStore offsetApart(BookingStore store) {
    return Swap.method(
        BookingStore.class,
        store,
        "commit",
        (args, real) -> {
          if (args.length == 1) {
            return real.get();
          }
          Effects effects = (Effects) args[1];
          Effects none = Effects.of(List.of(), effects.partition(), effects.at());
          BookingStore.Result moved = store.commit((Advance) args[0], none);
          return moved instanceof BookingStore.Result.Done ? store.commit(effects) : moved;
        });
  }

  /// Rows of the inbox leave it before the transaction that books them.
  public static BookingStore drainingEarly(BookingStore store, Tables tables) {
    return Swap.method(
        BookingStore.class,
        store,
        "commit",
        (args, real) -> {
          if (args.length == 2) {
            ((Advance) args[0]).drained().forEach(row -> tables.inbox.remove(row.orderNo()));
          }
          return real.get();
        });
  }

  /// Rows of the inbox stay when they have been booked.
  public static BookingStore neverDraining(Tables tables) {
    return new SimBookingStore(tables) {
      @Override
      void drain(Advance advance) {}
    };
  }

  /// Leases are fenced over rows of the inbox.
  public static LeaseClosingStore fencingOverInbox(Tables tables) {
    return new SimClosingStore(tables) {
      @Override
      boolean hasRows(Lease lease, int partition) {
        return false;
      }
    };
  }

  /// Rows come in on leases that are fenced.
  public static SimInbox enteringOnFenced(Tables tables, int partitions) {
    return new SimInbox(tables, partitions) {
      @Override
      boolean isFenced(Lease lease, int partition) {
        return false;
      }
    };
  }

  /// What the ledger refuses is stepped over.
  public static BookingStore steppingOver(BookingStore store) {
    return Swap.method(
        BookingStore.class,
        store,
        "commit",
        (args, real) -> {
          Object result = real.get();
          if (args.length == 2 && result instanceof BookingStore.Result.Refused) {
            Effects effects = (Effects) args[1];
            return store.commit(
                (Advance) args[0], Effects.of(List.of(), effects.partition(), effects.at()));
          }
          return result;
        });
  }

  /// A former owner's claim is as good as the present one's.
  public static BookingStore bookingForAnyone(BookingStore store, Tables tables) {
    return Swap.method(
        BookingStore.class,
        store,
        "commit",
        (args, real) -> {
          if (args.length == 1) {
            return real.get();
          }
          var advance = (Advance) args[0];
          Claim claim = advance.claim();
          Tables.Offset row =
              Objects.requireNonNull(
                  tables.offsets.get(
                      Tables.place(claim.id().log().topicId(), claim.id().partition())));
          long end = advance.to() - advance.from();
          return store.commit(
              new Advance(
                  new Claim(claim.id(), row.epoch),
                  row.nextOffset,
                  row.nextOffset + end,
                  advance.drained()),
              (Effects) args[1]);
        });
  }

  /// The same request changes a budget again.
  public static BudgetControl adjustingAgain(Tables tables) {
    return new SimBudgetControl(tables) {
      @Override
      boolean isRemembered() {
        return false;
      }
    };
  }

  /// A cut takes what is not there, too.
  public static BudgetControl cuttingLeased(Tables tables) {
    return new SimBudgetControl(tables) {
      @Override
      Optional<After> after(Before before, Adjustment adjustment, long amount) {
        return adjustment == Adjustment.CUT
            ? Optional.of(
                new After(
                    before.total() - amount,
                    before.free() - amount,
                    before.frozen(),
                    before.pendingCut()))
            : super.after(before, adjustment, amount);
      }
    };
  }
}
