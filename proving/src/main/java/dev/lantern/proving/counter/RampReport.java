package dev.lantern.proving.counter;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/// How far what was shown was from the truth, from the fifth second on.
///
/// @param samples how often both were looked at
/// @param median of |shown − true| / true
/// @param worstAt in which second the worst was
/// @param unmoved the 99.9th percentile of the same for the value that is not moved on
/// @param counted in the end
public record RampReport(
    RampOptions options,
    long samples,
    double median,
    double p999,
    double worst,
    double worstAt,
    double unmoved,
    long backward,
    long counted) {
  private static final double GOAL = 0.01;

  static RampReport of(
      RampOptions options,
      double[] errors,
      double[] unmoved,
      double[] at,
      long backward,
      long counted) {
    double worstAt = at[worst(errors)];
    Arrays.sort(errors);
    Arrays.sort(unmoved);
    return new RampReport(
        options,
        errors.length,
        at(errors, 0.5),
        at(errors, 0.999),
        at(errors, 1),
        worstAt,
        at(unmoved, 0.999),
        backward,
        counted);
  }

  private static int worst(double[] errors) {
    return IntStream.range(0, errors.length)
        .reduce((a, b) -> errors[b] > errors[a] ? b : a)
        .orElseThrow();
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
  }

  public boolean good() {
    return p999 < GOAL && backward == 0;
  }

  public String json() {
    var whole = new JsonObject();
    whole.addProperty("good", good());
    whole.addProperty("seconds", options.seconds());
    whole.addProperty("writers", options.writers());
    whole.addProperty("rate", options.rate());
    whole.addProperty("growth", options.growth());
    whole.addProperty("samples", samples);
    whole.addProperty("error_median", median);
    whole.addProperty("error_p999", p999);
    whole.addProperty("error_worst", worst);
    whole.addProperty("worst_at_s", worstAt);
    whole.addProperty("error_p999_of_value", unmoved);
    whole.addProperty("backward", backward);
    whole.addProperty("counted", counted);
    return whole.toString();
  }

  /// The same for people.
  public String text() {
    return String.format(
        Locale.ROOT,
        "  %d s, %d writers, %,d a second and %,d more each second: counted %,d%n"
            + "  |shown - true| from the fifth second on, %,d samples: median %.3f %%, p99.9 %.3f %%,"
            + " worst %.3f %% in second %.1f; the value alone: p99.9 %.1f %%; %d backward%n  %s",
        options.seconds(),
        options.writers(),
        options.rate(),
        options.growth(),
        counted,
        samples,
        median * 100,
        p999 * 100,
        worst * 100,
        worstAt,
        unmoved * 100,
        backward,
        good() ? "good" : "BAD");
  }
}
