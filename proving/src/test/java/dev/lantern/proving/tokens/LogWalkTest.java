package dev.lantern.proving.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.token.v1.SignedRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the audit finds, in a log and books with something planted in them.
class LogWalkTest {
  private final List<SignedRoot> rows = new ArrayList<>();

  LogWalkTest() {
    append("token-1/live", "a", "b", "c");
    append("token-1/live", "b", "d");
    append("token-2/live", "e");
  }

  @Test
  void everySurplusToken_isInAClass_andTheClassesAddUp() {
    TokenAudit.Report report = audit(Set.of("a", "b"), Set.of("c"));

    assertThat(report.held()).isTrue();
    assertThat(report.chains()).isEqualTo(2);
    assertThat(report.roots()).isEqualTo(3);
    assertThat(report.signed()).isEqualTo(6);
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.resigned()).isEqualTo(1);
    assertThat(report.waiting()).isEqualTo(1);
    assertThat(report.unacknowledged()).isEqualTo(2);
    assertThat(report.signed())
        .isEqualTo(
            report.accepted()
                + report.resigned()
                + report.waiting()
                + report.unacknowledged()
                - report.unsigned());
  }

  @Test
  void orderThatNobodySigned_isOverTheCeiling() {
    TokenAudit.Report report = audit(Set.of("a", "planted"), Set.of());

    assertThat(report.held()).isFalse();
    assertThat(report.unsigned()).isEqualTo(1);
    assertThat(report.samples()).containsExactly("unsigned: planted");
  }

  @Test
  void rowThatWasTakenOut_changedOrPutIn_breaksItsChain() {
    append("token-1/live", "f");
    SignedRoot middle = rows.get(1);
    assertThat(audit(Set.of(), Set.of()).broken()).isZero();

    rows.set(1, middle.toBuilder().setSize(1).build());
    assertThat(audit(Set.of(), Set.of()).broken()).as("another size").isPositive();

    rows.set(1, middle.toBuilder().setRoot(rows.getFirst().getRoot()).build());
    assertThat(audit(Set.of(), Set.of()).broken()).as("another root").isEqualTo(1);

    rows.set(
        1,
        rehashed(middle.toBuilder().setSize(1).setOrderDigests(ByteString.copyFrom(new byte[8]))));
    assertThat(audit(Set.of(), Set.of()).broken()).as("whole by itself").isPositive();

    rows.remove(1);
    assertThat(audit(Set.of(), Set.of()).broken()).as("taken out").isEqualTo(1);

    rows.addFirst(rehashed(middle.toBuilder().setSequence(0)));
    assertThat(audit(Set.of(), Set.of()).broken()).as("put in").isPositive();
  }

  private static SignedRoot rehashed(SignedRoot.Builder row) {
    return row.setHash(ByteString.copyFrom(RootLink.hash(row.build()))).build();
  }

  private TokenAudit.Report audit(Set<String> orders, Set<String> inbox) {
    var walk = new LogWalk();
    rows.stream()
        .sorted(Comparator.comparing(SignedRoot::getChain).thenComparing(SignedRoot::getSequence))
        .forEach(walk::take);
    Map<Long, String> booked = new HashMap<>();
    orders.forEach(order -> booked.put(TokenAudit.digest(order), order));
    return walk.beside(booked, inbox.stream().map(TokenAudit::digest).collect(Collectors.toSet()));
  }

  private void append(String chain, String... orders) {
    SignedRoot before =
        rows.stream()
            .filter(row -> row.getChain().equals(chain))
            .reduce((_, last) -> last)
            .orElse(SignedRoot.newBuilder().setPreviousHash(RootLink.NONE).build());
    SignedRoot.Builder row =
        SignedRoot.newBuilder()
            .setChain(chain)
            .setSequence(before.getSequence() + 1)
            .setKeyId("k")
            .setSize(orders.length)
            .setRoot(ByteString.copyFromUtf8(String.join(",", orders)))
            .setTotal(before.getTotal() + orders.length)
            .setOrderDigests(
                Arrays.stream(orders)
                    .map(order -> ByteString.copyFrom(RootLink.orderDigest(order)))
                    .reduce(ByteString.EMPTY, ByteString::concat))
            .setPreviousHash(before.getSequence() == 0 ? RootLink.NONE : before.getHash());
    rows.add(rehashed(row));
  }
}
