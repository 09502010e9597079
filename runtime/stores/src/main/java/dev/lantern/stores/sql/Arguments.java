package dev.lantern.stores.sql;

import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Binds Java values in the one way we read them back.
final class Arguments {

  private Arguments() {}

  static Statement bind(Statement statement, @Nullable Object[] args) {
    for (int i = 0; i < args.length; i++) {
      Object arg = args[i];
      if (arg == null) {
        statement.bindNull(i, Object.class);
      } else {
        statement.bind(i, toDriver(arg));
      }
    }
    return statement;
  }

  private static Object toDriver(Object arg) {
    return switch (arg) {
      // Our datetime columns are UTC whatever the session's zone: no conversion may happen on the
      // way.
      case Instant instant ->
          LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
      case Boolean b -> b ? 1 : 0;
      case Enum<?> e -> e.name();
      default -> arg;
    };
  }
}
