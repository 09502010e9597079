package dev.lantern.cli.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lantern.cli.stack.doctor.Check;
import dev.lantern.cli.stack.doctor.Check.Verdict;
import dev.lantern.cli.stack.doctor.Doctor;
import dev.lantern.cli.stack.home.Home;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern doctor`.
@Command(
    name = "doctor",
    description = "Look at the machine: what Lantern needs, what is there, how to get the rest.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private final Place place;

  @Option(names = "--json", description = "Print the checks as JSON.")
  private boolean json;

  DoctorCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    Home home = Home.open(place.homePath());
    List<Check> checks =
        new Doctor(home, place.checkout(), place.basePort(), place.environment()).examine();
    PrintWriter out = place.out();
    if (json) {
      out.println(new GsonBuilder().setPrettyPrinting().create().toJson(asJson(checks)));
    } else {
      checks.forEach(check -> print(check, out));
    }
    boolean missing = checks.stream().anyMatch(check -> check.verdict() == Verdict.MISSING);
    return missing ? ExitCode.ENVIRONMENT : ExitCode.OK;
  }

  private static void print(Check check, PrintWriter out) {
    String mark =
        switch (check.verdict()) {
          case GOOD -> "ok";
          case POOR -> "poor";
          case MISSING -> "MISSING";
        };
    out.printf("%-8s %-20s %s%n", mark, check.name(), check.found());
    if (check.verdict() != Verdict.GOOD) {
      out.printf("%-29s needed: %s%n%-29s do: %s%n", "", check.need(), "", check.remedy());
    }
  }

  private static JsonArray asJson(List<Check> checks) {
    var array = new JsonArray();
    for (Check check : checks) {
      var object = new JsonObject();
      object.addProperty("name", check.name());
      object.addProperty("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
      object.addProperty("need", check.need());
      object.addProperty("found", check.found());
      object.addProperty("remedy", check.remedy());
      array.add(object);
    }
    return array;
  }
}
