package dev.lantern.stores.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One row of an answer, all in memory. Columns go by their name or alias, in any case.
///
/// `getX` throws [IllegalStateException] on SQL NULL or an absent column (a defect of the
/// statement); `findX` returns an empty value on NULL. Numbers are exact: a value that does not fit
/// throws [ArithmeticException].
public final class Row {

  private final Map<String, Integer> columns;
  private final @Nullable Object[] values;

  Row(Map<String, Integer> columns, @Nullable Object[] values) {
    this.columns = columns;
    this.values = values;
  }

  public long getLong(String column) {
    return toLong(required(column), column);
  }

  public OptionalLong findLong(String column) {
    Object value = value(column);
    return value == null ? OptionalLong.empty() : OptionalLong.of(toLong(value, column));
  }

  public int getInt(String column) {
    return Math.toIntExact(getLong(column));
  }

  public OptionalInt findInt(String column) {
    Object value = value(column);
    return value == null
        ? OptionalInt.empty()
        : OptionalInt.of(Math.toIntExact(toLong(value, column)));
  }

  /// True for any number but 0.
  public boolean getBoolean(String column) {
    return getLong(column) != 0;
  }

  public String getString(String column) {
    return required(column).toString();
  }

  public Optional<String> findString(String column) {
    Object value = value(column);
    return value == null ? Optional.empty() : Optional.of(value.toString());
  }

  public byte[] getBytes(String column) {
    return toBytes(required(column), column);
  }

  public Optional<byte[]> findBytes(String column) {
    Object value = value(column);
    return value == null ? Optional.empty() : Optional.of(toBytes(value, column));
  }

  /// A `datetime(6)`, which we keep in UTC.
  public Instant getInstant(String column) {
    return toInstant(required(column), column);
  }

  public Optional<Instant> findInstant(String column) {
    Object value = value(column);
    return value == null ? Optional.empty() : Optional.of(toInstant(value, column));
  }

  private Object required(String column) {
    Object value = value(column);
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }

  private @Nullable Object value(String column) {
    Integer index = columns.get(column);
    if (index == null) {
      index = columns.get(column.toLowerCase(Locale.ROOT));
    }
    if (index == null) {
      throw new IllegalStateException("no column " + column + " among " + columns.keySet());
    }
    return values[index];
  }

  private static long toLong(Object value, String column) {
    return switch (value) {
      case Long l -> l;
      case BigDecimal d -> d.longValueExact();
      case BigInteger i -> i.longValueExact();
      case Integer i -> i;
      case Short s -> s;
      case Byte b -> b;
      case Boolean b -> b ? 1 : 0;
      default -> throw wrongType(value, column, "a whole number");
    };
  }

  private static byte[] toBytes(Object value, String column) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    throw wrongType(value, column, "bytes");
  }

  private static Instant toInstant(Object value, String column) {
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
    throw wrongType(value, column, "a datetime");
  }

  private static IllegalStateException wrongType(Object value, String column, String wanted) {
    return new IllegalStateException(
        "column " + column + " is a " + value.getClass().getSimpleName() + ", not " + wanted);
  }
}
