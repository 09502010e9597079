package dev.lantern.tokenservice.log;

import com.google.protobuf.ByteString;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.keys.KeyLane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The end of one chain, and how rows are put there. For one thread.
///
/// Rows are linked to the head that we know and inserted; the primary key decides. If a place is
/// taken, or the reply was lost, the head is read: the rows are there if its hash is their last
/// one's. Otherwise they are linked to it and inserted again; should the first insert still end
/// well, the second finds its places taken, by itself.
public final class RootChain {
  private static final int TRIES = 4;

  private final RootStore store;
  private final KeyLane lane;
  private final String chain;
  private @Nullable SignedRoot head;
  private boolean headKnown;

  public RootChain(RootStore store, KeyLane lane, String instance) {
    this.store = store;
    this.lane = lane;
    this.chain = instance + "/" + lane.word();
  }

  /// Appends these, all or none; they have no place and no link yet.
  ///
  /// @throws dev.lantern.stores.sql.StoreException when it cannot; rows may be there all the same,
  ///   and then stand for tokens that nobody got
  public void append(List<SignedRoot> rows) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      List<SignedRoot> linked = linked(rows);
      if (isAppended(linked)) {
        head = linked.getLast();
        return;
      }
    }
    throw new StoreUnavailableException("the chain " + chain + " keeps growing elsewhere", null);
  }

  /// A place that is taken may be taken by these very rows: by an insert whose reply was lost.
  private boolean isAppended(List<SignedRoot> linked) {
    headKnown = false;
    try {
      if (store.append(lane, linked)) {
        headKnown = true;
        return true;
      }
    } catch (OutcomeUnknownException _) {
      // What is there now says it.
    }
    Optional<SignedRoot> last = store.head(chain);
    head = last.orElse(null);
    headKnown = true;
    return last.filter(row -> row.getHash().equals(linked.getLast().getHash())).isPresent();
  }

  private List<SignedRoot> linked(List<SignedRoot> rows) {
    if (!headKnown) {
      head = store.head(chain).orElse(null);
      headKnown = true;
    }
    SignedRoot before = head;
    List<SignedRoot> linked = new ArrayList<>(rows.size());
    for (SignedRoot row : rows) {
      before = after(before, row);
      linked.add(before);
    }
    return linked;
  }

  private SignedRoot after(@Nullable SignedRoot before, SignedRoot row) {
    SignedRoot.Builder next = row.toBuilder().setChain(chain);
    if (before == null) {
      next.setSequence(1).setTotal(row.getSize()).setPreviousHash(RootLink.NONE);
    } else {
      next.setSequence(before.getSequence() + 1)
          .setTotal(before.getTotal() + row.getSize())
          .setPreviousHash(before.getHash());
    }
    return next.setHash(ByteString.copyFrom(RootLink.hash(next.build()))).build();
  }
}
