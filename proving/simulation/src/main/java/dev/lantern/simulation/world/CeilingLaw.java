package dev.lantern.simulation.world;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.ProofRoots;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.token.RootTable;
import dev.lantern.simulation.world.ClientCopies.Copy;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.log.RootStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// T1 as a law: no token is out there whose root was not committed, so that no more can have been
/// accepted than the sum of the log's sizes.
///
/// At the end each of that sum is classed: a client holds it; its order was signed again; it was
/// signed for an order that is in the books, and no client was told of that; or for one that was
/// asked for and has come to nothing. One that is none of these was signed for nobody.
final class CeilingLaw {
  private static final int DIGEST = 8;
  private static final String LAW = "CEILING";

  private final World world;
  private final RootTable roots;

  CeilingLaw(World world, RootTable roots) {
    this.world = world;
    this.roots = roots;
  }

  /// What has become of all that was signed.
  record Classes(long held, long again, long unheard, long ended) {
    long sum() {
      return held + again + unheard + ended;
    }
  }

  /// A client has got this.
  void left(String orderNo, SignedToken token) {
    if (token.getProofCase() == SignedToken.ProofCase.PROOF_NOT_SET) {
      return;
    }
    byte[] root = ProofRoots.of(Lane.LANE_LIVE, token).orElseThrow();
    if (!roots.holds(new RootStore.Root(token.getKeyId(), ByteString.copyFrom(root)))) {
      world.witness.broken(LAW, "the token of " + orderNo + " has left, its root is not logged");
    }
  }

  void checkAtEnd() {
    Map<ByteString, Integer> signed = new HashMap<>();
    roots.chains().forEach(chain -> count(chain, signed));
    Map<ByteString, Integer> held = new HashMap<>();
    for (Copy copy : world.copies.all()) {
      held.merge(digest(copy.story.orderNo), 1, Integer::sum);
    }
    Classes classes = classed(signed, held);
    if (classes.sum() != roots.tokens()) {
      world.witness.broken(LAW, roots.tokens() + " signed, of which " + classes);
    }
    held.forEach((digest, count) -> {
      if (count > signed.getOrDefault(digest, 0)) {
        world.witness.broken(LAW, "more tokens of an order are held than were signed");
      }
    });
    Hits hits = world.hits;
    hits.tally("tokens signed", roots.tokens());
    hits.tally("tokens held by clients", classes.held());
    hits.tally("tokens signed again", classes.again());
    hits.tally("tokens booked and told to nobody", classes.unheard());
    hits.tally("tokens come to nothing", classes.ended());
  }

  private Classes classed(Map<ByteString, Integer> signed, Map<ByteString, Integer> held) {
    Set<ByteString> booked = new HashSet<>();
    world.tables.orders().forEach(order -> booked.add(digest(order.orderNo())));
    Set<ByteString> asked = new HashSet<>();
    world.witness.stories().forEach(story -> asked.add(digest(story.orderNo)));
    long kept = 0;
    long again = 0;
    long unheard = 0;
    long ended = 0;
    for (Map.Entry<ByteString, Integer> entry : signed.entrySet()) {
      int theirs = Math.min(held.getOrDefault(entry.getKey(), 0), entry.getValue());
      int more = entry.getValue() - theirs;
      kept += theirs;
      if (theirs > 0) {
        again += more;
      } else if (booked.contains(entry.getKey())) {
        unheard += more;
      } else if (asked.contains(entry.getKey())) {
        ended += more;
      }
    }
    return new Classes(kept, again, unheard, ended);
  }

  /// Every row is the next of its chain and says something for each of its tokens.
  private void count(List<SignedRoot> chain, Map<ByteString, Integer> signed) {
    SignedRoot before = SignedRoot.getDefaultInstance();
    for (SignedRoot row : chain) {
      boolean first = row.getSequence() == 1;
      if (first ? !RootLink.isWhole(row) : !RootLink.follows(row, before)) {
        world.witness.broken(
            LAW, "the chain " + row.getChain() + " breaks at " + row.getSequence());
      }
      for (int at = 0; at < row.getOrderDigests().size(); at += DIGEST) {
        signed.merge(row.getOrderDigests().substring(at, at + DIGEST), 1, Integer::sum);
      }
      before = row;
    }
  }

  private static ByteString digest(String orderNo) {
    return ByteString.copyFrom(RootLink.orderDigest(orderNo));
  }
}
