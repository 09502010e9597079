package dev.lantern.cli.stack.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  @Test
  void fill_everyPlace_isReplacedAsItStands() {
    var template = new Template("t", "port = ${port}, again ${port}; ${name}\\n$x");

    assertThat(template.fill(Map.of("port", 7710, "name", "a$1\\b")))
        .isEqualTo("port = 7710, again 7710; a$1\\b\\n$x");
  }

  @Test
  void fill_aPlaceWithoutValue_isRefused() {
    var template = new Template("t", "port = ${port}");

    assertThatThrownBy(() -> template.fill(Map.of("host", "h")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
