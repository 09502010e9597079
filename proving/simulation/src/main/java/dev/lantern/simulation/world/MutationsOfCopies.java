package dev.lantern.simulation.world;

import static dev.lantern.simulation.world.Mutation.ofProcesses;
import static dev.lantern.simulation.world.Mutation.ofServers;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.ordercenter.present.Presented;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.wallet.Promise;
import dev.lantern.sdk.wallet.Purse;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.simulation.ledger.CarelessCopies;
import dev.lantern.simulation.token.LenientCheck;
import dev.lantern.simulation.token.SimKeys;
import dev.lantern.stores.sql.StoreException;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.log.RootStore;
import java.util.List;

/// Rules of tokens and of clients' copies (T1, L7, A5, W2), taken away.
final class MutationsOfCopies {
  private MutationsOfCopies() {}

  static List<Mutation> all() {
    return List.of(
        ofProcesses(
            "T1",
            "tokens leave before their root is committed",
            parts ->
                parts.copies.leaving =
                    (commit, handOut) -> {
                      handOut.run();
                      commit.run();
                    }),
        ofProcesses(
            "T1",
            "tokens leave whatever the commit of their root came to",
            parts -> unheard(parts)),
        ofProcesses(
            "T1",
            "copies are read and not verified",
            parts -> parts.copies.check = _ -> LenientCheck.reading()),
        ofProcesses(
            "T1",
            "any key of ours signs for money",
            parts ->
                parts.copies.check =
                    sound -> LenientCheck.inAnyContext(sound, SimKeys.get().told(Campaign.CHILD))),
        ofProcesses(
            "T1",
            "a revoked epoch is not looked at",
            parts ->
                parts.copies.told =
                    keys -> new KeySet(keys.keys(), keys.revoked(), List.of(), keys.refresh())),
        ofProcesses("T1", "anybody's copy is anybody's", MutationsOfCopies::anybodys),
        ofServers(
            "T1",
            "a copy is booked over what is there",
            parts -> parts.copies.books = CarelessCopies.blind(parts.tables, parts.more.limits)),
        ofServers(
            "L5",
            "copies count on fenced leases",
            parts -> parts.copies.books = CarelessCopies.onFenced(parts.tables, parts.more.limits)),
        ofProcesses("T1", "a booking in doubt is told as done", MutationsOfCopies::doneInDoubt),
        ofProcesses(
            "L7",
            "what Redis alone holds is told to be in the books",
            MutationsOfCopies::keptAsKnown),
        ofServers(
            "L7",
            "leases of a log that is gone are closed as if it had been read to its end",
            parts -> parts.closing = CarelessCopies.closingVanished(parts.tables)),
        ofProcesses(
            "A5",
            "an order made again from its copy is another request",
            MutationsOfCopies::anotherRequest),
        ofProcesses(
            "W2",
            "a wallet counts copies that nobody has verified",
            MutationsOfCopies::unverified));
  }

  private static void unheard(Parts parts) {
    parts.copies.roots =
        Swap.method(
            RootStore.class,
            parts.copies.roots,
            "append",
            (_, real) -> {
              try {
                var _ = real.get();
              } catch (StoreException nobodyKnows) {
                // It may be there.
              }
              return true;
            });
  }

  private static void anybodys(Parts parts) {
    parts.copies.desk =
        desk ->
            (actId, tokens) ->
                tokens.stream().allMatch(token -> payload(token).getActId() == actId)
                    ? desk.enter(actId, tokens)
                    : tokens.stream()
                        .map(token ->
                            desk.enter(payload(token).getActId(), List.of(token)).getFirst())
                        .toList();
  }

  private static void doneInDoubt(Parts parts) {
    parts.copies.books =
        Swap.method(
            BookingStore.class,
            parts.copies.books,
            "commit",
            (_, real) -> {
              Object result = real.get();
              return result instanceof BookingStore.Result.Unknown
                  ? new BookingStore.Result.Done()
                  : result;
            });
  }

  private static void keptAsKnown(Parts parts) {
    parts.copies.desk =
        desk ->
            (actId, tokens) ->
                desk.enter(actId, tokens).stream()
                    .<Presented>map(answer ->
                        answer instanceof Presented.Kept(var promise)
                            ? new Presented.Known(promise)
                            : answer)
                    .toList();
  }

  private static void anotherRequest(Parts parts) {
    parts.copies.check =
        sound ->
            token ->
                sound.verify(token) instanceof TokenVerdict.Valid(RedPacketToken good)
                    ? new TokenVerdict.Valid(
                        good.toBuilder().setRequestedAmount(good.getAmount()).build())
                    : sound.verify(token);
  }

  private static void unverified(Parts parts) {
    parts.copies.shown =
        (key, tokens, _) ->
            tokens.stream()
                .map(MutationsOfCopies::payload)
                .filter(token -> token.getAmount() > 0)
                .filter(token -> token.getActivityId().equals(key.childActivityId()))
                .map(token ->
                    new Promise(
                        token.getOutTradeNo(),
                        Purse.CASH,
                        token.getAmount(),
                        LifeClock.BEGIN,
                        "copy"))
                .toList();
  }

  private static RedPacketToken payload(SignedToken token) {
    try {
      return RedPacketToken.parseFrom(token.getPayload());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("payloads are readable here", e);
    }
  }
}
