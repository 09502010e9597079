package dev.lantern.cli.command;

import java.math.BigDecimal;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A switch's state on the command line, as the contract's per ten thousand: `on`, `off`, `25%`,
/// `0.5%`, or the number itself.
final class SwitchState implements ITypeConverter<Integer> {
  private static final int FULL = 10_000;
  private static final BigDecimal PER_PERCENT = BigDecimal.valueOf(FULL / 100);

  @Override
  public Integer convert(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on" -> FULL;
      case "off" -> 0;
      default -> number(text);
    };
  }

  static String spoken(int perTenThousand) {
    return switch (perTenThousand) {
      case 0 -> "off";
      case FULL -> "on";
      default -> BigDecimal.valueOf(perTenThousand, 2).stripTrailingZeros().toPlainString() + "%";
    };
  }

  private static int number(String text) {
    try {
      int number =
          text.endsWith("%")
              ? new BigDecimal(text.substring(0, text.length() - 1))
                  .multiply(PER_PERCENT)
                  .intValueExact()
              : Integer.parseInt(text);
      if (number >= 0 && number <= FULL) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Said below, like a number that is out of range.
    }
    throw new TypeConversionException(
        text + " is not a state: on, off, 0% to 100% in hundredths, or 0 to 10000");
  }
}
