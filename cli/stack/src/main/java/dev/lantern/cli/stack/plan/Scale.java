package dev.lantern.cli.stack.plan;

import dev.lantern.cli.stack.StackException;

/// How many processes the two scalable roles have. The bounds are those of the port plan: four
/// ports for api, six for settle.
public record Scale(int api, int settle) {
  public static final int MOST_API = 4;
  public static final int MOST_SETTLE = 6;
  public static final Scale SMALLEST = new Scale(1, 1);

  public Scale {
    within("api", api, MOST_API);
    within("settle", settle, MOST_SETTLE);
  }

  private static void within(String role, int count, int most) {
    if (count < 1 || count > most) {
      throw new StackException(
          count + " processes of order-center " + role + " are not possible",
          "give a number from 1 to " + most);
    }
  }
}
