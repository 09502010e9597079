package dev.lantern.ordercenter.lane;

import dev.lantern.stores.sql.Database;
import java.util.ArrayList;
import java.util.List;

/// The rows of the lane's own schema, table by table. The account that reads and empties it has no
/// right on any other.
public final class MysqlTraces implements Traces {
  private final Database stress;

  /// @param stress the lane's schema
  public MysqlTraces(Database stress) {
    this.stress = stress;
  }

  @Override
  public List<Trace> count() {
    List<Trace> found = new ArrayList<>();
    for (String table : tables()) {
      long rows = stress.query("select count(*) as n from " + table).getFirst().getLong("n");
      if (rows > 0) {
        found.add(new Trace("rows", table, rows));
      }
    }
    return found;
  }

  @Override
  public void delete() {
    count().forEach(trace -> stress.update("truncate table " + trace.name()));
  }

  /// All but the schema's own history, which says how it was made.
  private List<String> tables() {
    return stress
        .query(
            "select table_name as name from information_schema.tables"
                + " where table_schema = database() and table_type = 'BASE TABLE'"
                + " and table_name <> 'flyway_schema_history' order by table_name")
        .stream()
        .map(row -> row.getString("name"))
        .toList();
  }
}
