package dev.lantern.sdk.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowPageTokensTest {
  private static final WalletKey KEY = new WalletKey(1, 4711, "spring-official");
  private static final FlowPosition POSITION =
      FlowPosition.ofOrder(Instant.parse("2027-01-01T12:00:00.123456Z"), "4711_rain-a7f3_1_1_3");

  @Test
  void token_ofAPosition_readsBackAsIt() {
    assertThat(FlowPageTokens.read(KEY, FlowPageTokens.write(KEY, POSITION))).contains(POSITION);
  }

  @Test
  void token_ofTheLongestConflict_readsBackAndFitsTheApi() {
    FlowPosition conflict =
        new FlowPosition(POSITION.acceptedAt(), "9".repeat(96), "5a".repeat(64));
    String token = FlowPageTokens.write(KEY, conflict);
    assertThat(token.length()).isLessThanOrEqualTo(256);
    assertThat(FlowPageTokens.read(KEY, token)).contains(conflict);
  }

  @Test
  void token_ofAnotherUserChildOrLane_isRefused() {
    String token = FlowPageTokens.write(KEY, POSITION);
    assertThat(FlowPageTokens.read(new WalletKey(1, 4712, "spring-official"), token)).isEmpty();
    assertThat(FlowPageTokens.read(new WalletKey(1, 4711, "spring-grey"), token)).isEmpty();
    assertThat(FlowPageTokens.read(new WalletKey(2, 4711, "spring-official"), token)).isEmpty();
  }

  @Test
  void token_withAnyOneCharacterChanged_isRefused() {
    String token = FlowPageTokens.write(KEY, POSITION);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";
    for (int at = 0; at < token.length(); at++) {
      for (int i = 0; i < alphabet.length(); i++) {
        char c = alphabet.charAt(i);
        if (c != token.charAt(at)) {
          String changed = token.substring(0, at) + c + token.substring(at + 1);
          assertThat(FlowPageTokens.read(KEY, changed)).as(changed).isEmpty();
        }
      }
    }
  }

  @Test
  void token_cutPaddedOrInvented_isRefused() {
    String token = FlowPageTokens.write(KEY, POSITION);
    for (int length = 0; length < token.length(); length++) {
      assertThat(FlowPageTokens.read(KEY, token.substring(0, length))).isEmpty();
    }
    assertThat(FlowPageTokens.read(KEY, token + "=")).isEmpty();
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(190)];
      random.nextBytes(bytes);
      String invented = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      assertThat(FlowPageTokens.read(KEY, invented)).isEmpty();
    }
  }
}
