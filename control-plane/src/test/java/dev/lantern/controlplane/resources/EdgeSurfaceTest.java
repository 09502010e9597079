package dev.lantern.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EdgeSurfaceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://play.example/",
        "https://play.example/path",
        "https://*.example",
        "play.example",
        "HTTPS://PLAY.EXAMPLE",
        "https://a|b"
      })
  void origin_thatIsNoOrigin_isRefused(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdgeSurface(List.of(origin), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "wait", "/../etc", "/.hidden", "/a b", "/a?b", "//a"})
  void page_atAPathThatCouldBeReadInTwoWays_isRefused(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Page(path, "text/plain", "x"));
  }

  @Test
  void page_thatIsEmptyOrTooLarge_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Page("/a", "text/plain", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Page("/a", "text/plain", "é".repeat(Page.MOST_BYTES / 2 + 1)));
  }

  @Test
  void twoPages_withOnePath_areRefused() {
    var page = new Page("/a", "text/plain", "x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdgeSurface(List.of(), List.of(page, page)));
  }

  @Test
  void etag_isOfTheBytesAlone() {
    assertThat(new Page("/a", "text/plain", "x").etag())
        .isEqualTo(new Page("/b", "text/html", "x").etag())
        .isNotEqualTo(new Page("/a", "text/plain", "y").etag())
        .matches("\"[0-9a-f]{32}\"");
  }
}
