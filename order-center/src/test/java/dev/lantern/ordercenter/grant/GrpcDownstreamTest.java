package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.downstream.v1.GrantResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GrpcDownstreamTest {
  @Test
  void refusalOfFiveHundredCharacters_isCutToWhatAColumnHolds() {
    Answer answer =
        GrpcDownstream.answer(
            GrantResult.GRANT_RESULT_REJECTED, "", "x".repeat(500), Optional.empty());

    assertThat(answer).isEqualTo(new Answer.Refused("REJECTED: " + "x".repeat(150)));
  }
}
