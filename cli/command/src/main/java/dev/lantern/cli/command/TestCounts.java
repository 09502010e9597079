package dev.lantern.cli.command;

import com.google.gson.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Adds up what Surefire says at the end of each module.
final class TestCounts {
  /// A module's sum; a class's line goes on with its time.
  private static final Pattern MODULE =
      Pattern.compile(
          "Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)\\s*(?:\u001b.*)?$");

  private int ran;
  private int failures;
  private int errors;
  private int skipped;

  void see(String line) {
    Matcher module = MODULE.matcher(line);
    if (module.find()) {
      ran += Integer.parseInt(module.group(1));
      failures += Integer.parseInt(module.group(2));
      errors += Integer.parseInt(module.group(3));
      skipped += Integer.parseInt(module.group(4));
    }
  }

  int ran() {
    return ran;
  }

  int failed() {
    return failures + errors;
  }

  String line() {
    return "Tests run: "
        + ran
        + ", Failures: "
        + failures
        + ", Errors: "
        + errors
        + ", Skipped: "
        + skipped;
  }

  JsonObject json(boolean passed) {
    var object = new JsonObject();
    object.addProperty("passed", passed);
    object.addProperty("ran", ran);
    object.addProperty("failures", failures);
    object.addProperty("errors", errors);
    object.addProperty("skipped", skipped);
    return object;
  }
}
