package dev.lantern.tokenservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.token.v1.ListSignedRootsRequest;
import dev.lantern.token.v1.ListSignedRootsResponse;
import dev.lantern.token.v1.SetSigningRequest;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.control.MemoryDecisionStore;
import dev.lantern.tokenservice.log.MemoryRootStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the log says of what was signed, and what becomes of tokens that it does not know.
class SignedRootsTest {
  @TempDir Path folder;

  private final MemoryRootStore roots = new MemoryRootStore();
  private final Wiring.Stores stores = new Wiring.Stores(roots, new MemoryDecisionStore());
  private TestServer server;
  private Client client;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, stores, () -> TestServer.NOW);
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void roots_areListedPageByPage_linked_withTheirSum() {
    var _ = client.sign(Lane.LANE_LIVE, 1_000);
    var _ = client.sign(Lane.LANE_LIVE, 1);
    var _ = client.sign(Lane.LANE_STRESS, 7);

    List<SignedRoot> all = new ArrayList<>();
    ListSignedRootsResponse page = list("");
    all.addAll(page.getRootsList());
    while (!page.getNextPageToken().isEmpty()) {
      page = list(page.getNextPageToken());
      all.addAll(page.getRootsList());
    }

    assertThat(page.getSignedTokenCount()).isEqualTo(1_001);
    assertThat(all.stream().mapToInt(SignedRoot::getSize).sum()).isEqualTo(1_001);
    assertThat(all.getLast().getTotal()).isEqualTo(1_001);
    for (int i = 1; i < all.size(); i++) {
      assertThat(RootLink.follows(all.get(i), all.get(i - 1))).isTrue();
    }
  }

  @Test
  void tokenThatIsNotLogged_isRefused_andHaltsItsLane_untilAnOperatorLetsItGoOn() {
    List<SignedToken> stolen = signedByAnotherWithOurKey();

    assertThat(client.verify(Lane.LANE_LIVE, stolen)).containsOnly("UNLOGGED");

    var refusal = Client.refusal(() -> client.sign(Lane.LANE_LIVE, 1));
    assertThat(refusal.getReason()).isEqualTo("WRONG_STATE");
    assertThat(refusal.getMetadataMap()).containsEntry("rule", "signing-halted");
    assertThat(client.sign(Lane.LANE_STRESS, 1)).hasSize(1);

    var goOn = SetSigningRequest.newBuilder().setLane(Lane.LANE_LIVE).setReason("a test").build();
    assertThat(Client.refusal(() -> client.as("order-center").setSigning(goOn)).getReason())
        .isEqualTo("FORBIDDEN");
    assertThat(client.as("operator").setSigning(goOn).getWasHalted()).isTrue();
    assertThat(client.sign(Lane.LANE_LIVE, 1)).hasSize(1);
  }

  @Test
  void haltedLane_isHaltedInTheNextLife_too() {
    var halt =
        SetSigningRequest.newBuilder()
            .setLane(Lane.LANE_LIVE)
            .setHalted(true)
            .setReason("a test")
            .build();
    assertThat(client.as("order-center").setSigning(halt).getWasHalted()).isFalse();

    server.close();
    server = TestServer.start(folder, stores, () -> TestServer.NOW);

    assertThat(Client.refusal(() -> new Client(server).sign(Lane.LANE_LIVE, 1)).getReason())
        .isEqualTo("WRONG_STATE");
  }

  @Test
  void forgeries_haltNothing() {
    SignedToken good = client.sign(Lane.LANE_LIVE, 1).getFirst();
    SignedToken forged =
        good.toBuilder()
            .setPayload(good.getPayload().substring(1).concat(good.getPayload()))
            .build();

    for (int i = 0; i < 50; i++) {
      assertThat(client.verify(Lane.LANE_LIVE, List.of(forged, good)))
          .containsExactly("BAD_SIGNATURE", "VALID");
    }
    assertThat(client.sign(Lane.LANE_LIVE, 1)).hasSize(1);
  }

  @Test
  void logThatIsDown_givesNoTokens() {
    roots.next(MemoryRootStore.Trouble.DOWN);

    var refusal = Client.refusal(() -> client.sign(Lane.LANE_LIVE, 3));
    assertThat(refusal.getReason()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(client.sign(Lane.LANE_LIVE, 3)).hasSize(3);
  }

  private ListSignedRootsResponse list(String pageToken) {
    return client
        .as("order-center")
        .listSignedRoots(
            ListSignedRootsRequest.newBuilder()
                .setLane(Lane.LANE_LIVE)
                .setPageSize(5)
                .setPageToken(pageToken)
                .build());
  }

  /// The same key files, another log.
  private List<SignedToken> signedByAnotherWithOurKey() {
    try (TestServer thief = TestServer.start(folder)) {
      return new Client(thief).sign(Lane.LANE_LIVE, 3);
    }
  }
}
