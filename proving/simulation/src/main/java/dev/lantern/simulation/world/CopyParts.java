package dev.lantern.simulation.world;

import dev.lantern.ordercenter.campaign.DeclaredOffers;
import dev.lantern.ordercenter.present.Presented;
import dev.lantern.ordercenter.present.TokenCheck;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.wallet.Promise;
import dev.lantern.sdk.wallet.WalletKey;
import dev.lantern.simulation.fault.Server;
import dev.lantern.simulation.fault.Wire;
import dev.lantern.simulation.ledger.SimBookingStore;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.redis.RedisState;
import dev.lantern.simulation.redis.SimTokenStore;
import dev.lantern.simulation.token.KeyList;
import dev.lantern.simulation.token.RootTable;
import dev.lantern.simulation.token.Signing;
import dev.lantern.simulation.token.SimKeys;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.log.RootStore;
import java.util.List;
import java.util.function.UnaryOperator;

/// The [Parts] of tokens and of copies that clients hand in, to be swapped likewise.
public final class CopyParts {
  public Signing signing;
  public KeyList keys;
  public RootStore roots;

  /// What presented copies are looked up and booked by, and looked for in Redis.
  public BookingStore books;

  public TokenStore tokens;

  /// In which order a root is committed and its tokens are handed out.
  public Leaving leaving =
      (commit, handOut) -> {
        commit.run();
        handOut.run();
      };

  public UnaryOperator<KeySet> told = keys -> keys;
  public UnaryOperator<TokenCheck> check = check -> check;
  public UnaryOperator<DeclaredOffers> offers = offers -> offers;
  public UnaryOperator<Desk> desk = desk -> desk;
  public Shown shown = CopiesInWallet::shown;

  /// Commits a root and hands its tokens out.
  @FunctionalInterface
  public interface Leaving {
    void inOrder(Runnable commit, Runnable handOut);
  }

  /// Where copies are handed in.
  @FunctionalInterface
  public interface Desk {
    List<Presented> enter(long actId, List<SignedToken> tokens);
  }

  /// What a wallet shows of copies given in its call.
  @FunctionalInterface
  public interface Shown {
    List<Promise> of(WalletKey key, List<SignedToken> tokens, List<Presented> answers);
  }

  /// The servers themselves.
  CopyParts(
      Tables tables, RedisState redis, FundLimits limits, Signing signing, RootTable rootTable) {
    this.signing = signing;
    this.keys = () -> SimKeys.get().told(Campaign.CHILD);
    this.roots = rootTable;
    this.books = new SimBookingStore(tables, limits);
    this.tokens = new SimTokenStore(redis);
  }

  /// The same at the far end of a wire.
  CopyParts(CopyParts servers, Wire wire) {
    this.signing = wire.over(Signing.class, Server.SIGNER, servers.signing);
    this.keys = wire.over(KeyList.class, Server.SIGNER, servers.keys);
    this.roots = wire.over(RootStore.class, Server.ROOTS, servers.roots);
    this.books = wire.over(BookingStore.class, Server.MYSQL, servers.books);
    this.tokens = wire.over(TokenStore.class, Server.REDIS, servers.tokens);
  }
}
