package dev.lantern.ordercenter.settle;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A multi-row insert with its plain values written in place and the rest bound.
///
/// A group of 1,000 orders has 45,000 values; binding one costs the driver about ten objects, which
/// is most of what settlement's processor time and garbage would be. So numbers, instants, bytes
/// (in hexadecimal) and null are written into the statement, and text of nothing but letters,
/// digits and `-_:#.`, such as ids and order numbers; any other text, titles above all, is bound.
/// No character that means something to SQL is ever written in place.
final class InlineRows {
  private static final int PLAIN_MAX = 128;
  private static final int NANOS_A_MICRO = 1_000;

  private final StringBuilder sql;
  private final List<Object> args = new ArrayList<>();
  private boolean first = true;

  /// Begins with `insert into table (columns) `.
  InlineRows(String insert, int rows) {
    this.sql = new StringBuilder(insert.length() + rows * 256).append(insert).append("values ");
  }

  InlineRows add(@Nullable Object... row) {
    sql.append(first ? "(" : ",(");
    first = false;
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        sql.append(',');
      }
      append(row[i]);
    }
    sql.append(')');
    return this;
  }

  String sql(String tail) {
    return sql + tail;
  }

  Object[] args() {
    return args.toArray();
  }

  private void append(@Nullable Object value) {
    switch (value) {
      case null -> sql.append("null");
      case Long number -> sql.append(number.longValue());
      case Integer number -> sql.append(number.intValue());
      case Boolean flag -> sql.append(flag ? '1' : '0');
      case Instant instant -> append(instant);
      case byte[] bytes -> append(bytes);
      case String text when isPlain(text) -> sql.append('\'').append(text).append('\'');
      default -> {
        sql.append('?');
        args.add(value);
      }
    }
  }

  private void append(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    sql.append('\'');
    digits(time.getYear(), 4);
    sql.append('-');
    digits(time.getMonthValue(), 2);
    sql.append('-');
    digits(time.getDayOfMonth(), 2);
    sql.append(' ');
    digits(time.getHour(), 2);
    sql.append(':');
    digits(time.getMinute(), 2);
    sql.append(':');
    digits(time.getSecond(), 2);
    sql.append('.');
    digits(time.getNano() / NANOS_A_MICRO, 6);
    sql.append('\'');
  }

  private void append(byte[] bytes) {
    sql.append("x'");
    HexFormat.of().formatHex(sql, bytes);
    sql.append('\'');
  }

  private void digits(int number, int width) {
    String text = Integer.toString(number);
    sql.repeat('0', Math.max(0, width - text.length())).append(text);
  }

  /// Whether the text can stand between quotes in any SQL mode and character set.
  static boolean isPlain(String text) {
    if (text.length() > PLAIN_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == ':'
              || c == '#'
              || c == '.';
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
