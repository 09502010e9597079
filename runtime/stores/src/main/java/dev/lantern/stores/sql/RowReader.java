package dev.lantern.stores.sql;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.RowMetadata;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies the driver's rows into ours; one reader per answer, so that all its rows share one map of
/// column names.
final class RowReader {

  private @Nullable Map<String, Integer> columns;
  private int rows;

  Row read(io.r2dbc.spi.Row row, RowMetadata metadata) {
    rows++;
    List<? extends ColumnMetadata> described = metadata.getColumnMetadatas();
    Map<String, Integer> names = columns == null ? index(described) : columns;
    columns = names;
    var values = new @Nullable Object[described.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row, i, described.get(i));
    }
    return new Row(names, values);
  }

  boolean withinLimit() {
    return rows <= Statements.MAX_ROWS;
  }

  private static Map<String, Integer> index(List<? extends ColumnMetadata> described) {
    Map<String, Integer> names = HashMap.newHashMap(described.size());
    for (int i = 0; i < described.size(); i++) {
      names.putIfAbsent(described.get(i).getName().toLowerCase(Locale.ROOT), i);
    }
    return names;
  }

  private static @Nullable Object value(io.r2dbc.spi.Row row, int i, ColumnMetadata column) {
    Class<?> type = column.getJavaType();
    if (type == null) {
      return row.get(i);
    }
    if (type == Clob.class) {
      return row.get(i, String.class);
    }
    if (type == Blob.class || type == ByteBuffer.class || type == byte[].class) {
      return row.get(i, byte[].class);
    }
    return row.get(i, type);
  }
}
