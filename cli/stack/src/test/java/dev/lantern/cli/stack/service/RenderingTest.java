package dev.lantern.cli.stack.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.detour.Detour;
import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Template;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.process.JavaLaunch.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class RenderingTest {
  @TempDir Path folder;

  @Test
  void everyTemplate_butTheControlPlanes_isFilledAndIsYaml()
      throws IOException, InterruptedException {
    var values = values(Scale.SMALLEST);
    for (String template :
        List.of(
            "token-service",
            "counter-service",
            "wallet-api",
            "order-api",
            "order-settle",
            "ratelimit")) {
      Map<String, Object> rendered = render(values, template, template + ".yaml");

      assertThat(rendered).as(template).containsKey("server");
      assertThat(rendered.get("server"))
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsEntry("port", 7_721)
          .containsEntry("metrics_port", 7_821);
    }
  }

  @Test
  void controlPlane_knowsEveryInstance() throws IOException, InterruptedException {
    var values = values(new Scale(3, 1));
    Map<String, Object> given = new HashMap<>(values.of(service("order-center")));
    given.put("envoyBinary", "/nowhere/envoy");

    String text = Template.resource(Services.class, "control-plane.yaml").fill(given);

    assertThat(text).contains("[\"127.0.0.1:7721\", \"127.0.0.1:7722\", \"127.0.0.1:7723\"]");
    Object parsed = new Yaml().load(text);
    assertThat(parsed).isInstanceOf(Map.class);
  }

  @Test
  void orderCenter_byDetours_reachesEverythingThroughThem()
      throws IOException, InterruptedException {
    Home home = Home.open(folder.resolve("home"));
    var values = new Values(EngineSet.at(home, 7_700, folder).byDetours());
    var rendered = render(values, "order-settle", "order-settle.yaml").toString();
    rendered += render(values, "order-api", "order-api.yaml").toString();

    for (Detour detour : Detour.values()) {
      if (detour.taker().equals("order-center")) {
        assertThat(rendered).as("%s", detour).contains("" + detour.port(7_700));
        assertThat(rendered).as("%s", detour).doesNotContain("" + detour.behind(7_700));
      }
    }
  }

  private Values values(Scale scale) {
    Home home = Home.open(folder.resolve("home"));
    var values = new Values(EngineSet.at(home, 7_700, folder));
    values.scaled(scale);
    return values;
  }

  private static Map<String, Object> render(Values values, String name, String template)
      throws IOException, InterruptedException {
    String text = Template.resource(Services.class, template).fill(values.of(service(name)));
    return new Yaml().load(text);
  }

  private static Service service(String name) {
    return new Service(
        name,
        "order-center",
        new Program("order-center", "a.Main"),
        name + ".yaml",
        List.of(),
        7_721,
        Set.of());
  }
}
