package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.grant.DueGrant;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.grant.GrantStore;
import dev.lantern.ordercenter.reissue.Payment;
import dev.lantern.ordercenter.reissue.PaymentStore;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.sdk.wallet.Promise;
import dev.lantern.sdk.wallet.TokenMap;
import dev.lantern.sdk.wallet.TokenMaps;
import dev.lantern.sdk.wallet.WalletKey;
import dev.lantern.simulation.redis.RedisState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// More stores that leave out one condition each: those of vendors, forcing, reissue and stages.
public final class CarelessMore {
  private CarelessMore() {}

  /// A refusal takes effect though its order is done.
  public static GrantStore compensatingAnyhow(Tables tables, FundLimits limits) {
    return new SimGrantStore(tables, limits) {
      @Override
      @Nullable GrantEntry refusable(DueGrant grant) {
        return tables.grants.get(grant.id().text());
      }

      @Override
      void release(DueGrant grant) {
        tables.releases.put(grant.id().text(), new Tables.Release(grant.budgetId(), grant.units()));
        giveBack(grant);
      }
    };
  }

  /// A refused thing's unit comes back though its row is there.
  public static GrantStore releasingAgain(Tables tables, FundLimits limits) {
    return new SimGrantStore(tables, limits) {
      @Override
      void release(DueGrant grant) {
        tables.releases.put(grant.id().text(), new Tables.Release(grant.budgetId(), grant.units()));
        giveBack(grant);
        giveBack(grant);
      }
    };
  }

  /// A refused thing's unit is left for later.
  public static GrantStore releasingApart(Tables tables, FundLimits limits) {
    return new SimGrantStore(tables, limits) {
      @Override
      void release(DueGrant grant) {}
    };
  }

  /// The same grant under another step.
  public static DueGrant withStep(DueGrant grant, int step) {
    return new DueGrant(
        new GrantId(grant.id().actId(), grant.id().orderNo(), step),
        grant.downstream(),
        grant.awardType(),
        grant.templateId(),
        grant.rewardId(),
        grant.parentActivityId(),
        grant.childActivityId(),
        grant.sceneId(),
        grant.acceptedAt(),
        grant.budgetId(),
        grant.lease(),
        grant.partition(),
        grant.units(),
        grant.instead(),
        grant.tries(),
        grant.unknown(),
        grant.refusedAt(),
        grant.detail(),
        grant.seq());
  }

  /// Forcing counts wherever its token says.
  public static BookingStore forcingOnFenced(Tables tables) {
    return Careless.bookingOnFenced(tables);
  }

  /// Forcing writes whatever is there.
  public static BookingStore forcingOver(Tables tables) {
    return Careless.overwriting(tables);
  }

  /// A row of a reissue says that it is paid, and then it is paid, if it is.
  public static PaymentStore markingFirst(Tables tables) {
    return new SimPaymentStore(tables) {
      @Override
      public BookingStore.Result pay(Hold hold, Payment payment, Effects effects, Instant now) {
        end(hold, payment, Payment.State.PAID, "");
        return new SimBookingStore(tables).commit(effects);
      }
    };
  }

  /// Tokens of all that a user was promised, whatever stage's wallet is looked into.
  public static TokenMap ofEveryStage(RedisState redis, TokenMaps maps, WalletKey key) {
    TreeSet<String> children = new TreeSet<>();
    redis.tokens().values().forEach(token -> children.add(token.getOrder().getChildActivityId()));
    TokenMap own = maps.read(key);
    if (!(own instanceof TokenMap.Read(String epoch, var _))) {
      return own;
    }
    List<Promise> all = new ArrayList<>();
    for (String child : children) {
      if (maps.read(new WalletKey(key.lane(), key.actId(), child))
          instanceof TokenMap.Read(_, List<Promise> some)) {
        all.addAll(some);
      }
    }
    return new TokenMap.Read(epoch, all);
  }

  /// Booking counts a day and does not look at it.
  public static SimBookingStore beyondTheDay(Tables tables, FundLimits limits) {
    return new SimBookingStore(tables, limits) {
      @Override
      boolean isOverCap(Effects effects) {
        return false;
      }
    };
  }

  /// Nor does what is given instead of a refused thing.
  public static GrantStore insteadBeyondTheDay(Tables tables, FundLimits limits) {
    return new SimGrantStore(tables, beyondTheDay(tables, limits), limits);
  }
}
