package dev.lantern.controlplane.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.topology.Group;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final String NODE = "gateway-1";
  private static final String NAME = "limit.rain";

  private final Ledger ledger = new Ledger(() -> Instant.EPOCH, Answers.NOBODY);

  @BeforeEach
  void connected() {
    ledger.opened(Group.GATEWAY, NODE);
    sent("first");
  }

  @Test
  void refusal_isKeptWhileThatVersionIsTheLastSent() {
    refused("first");
    assertThat(delivery().error()).isNotEmpty();
    sent("first");
    assertThat(delivery().error()).isNotEmpty();
  }

  /// Between a repair and its first acknowledgement the repair is not the one that was refused.
  @Test
  void refusalOfTheVersionBefore_isNoneOfTheNext() {
    refused("first");
    sent("second");
    assertThat(delivery().error()).isEmpty();
    assertThat(delivery().refusals()).isEqualTo(1);
  }

  @Test
  void refusalThatComesAfterTheNextWasSent_isNoneOfTheNext() {
    sent("second");
    refused("first");
    assertThat(delivery().error()).isEmpty();
    refused("second");
    assertThat(delivery().error()).isNotEmpty();
  }

  @Test
  void acceptance_endsTheRefusal() {
    refused("first");
    sent("second");
    ledger.acknowledged(Group.GATEWAY, NODE, ResourceKind.ECDS, NAME, "second");
    assertThat(delivery().acknowledged()).isEqualTo("second");
    assertThat(delivery().error()).isEmpty();
  }

  private void sent(String version) {
    ledger.sent(Group.GATEWAY, NODE, ResourceKind.ECDS, NAME, version);
  }

  private void refused(String version) {
    ledger.refused(Group.GATEWAY, NODE, ResourceKind.ECDS, NAME, version, "no such thing");
  }

  private Delivery delivery() {
    return ledger.standings().getFirst().deliveries().getFirst();
  }
}
