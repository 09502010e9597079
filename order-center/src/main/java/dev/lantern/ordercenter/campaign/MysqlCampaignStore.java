package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.History.BudgetOnRecord;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// [CampaignStore] in MySQL.
public final class MysqlCampaignStore implements CampaignStore {
  private static final int FEN = 1;
  private static final int ITEMS = 2;
  private static final String SELECT =
      "select activity_id, revision, etag, document, author, reason, request_id, rollback_of,"
          + " created_at, effective_at from campaign_revisions ";

  private final Database database;

  public MysqlCampaignStore(Database database) {
    this.database = database;
  }

  @Override
  public Instant now() {
    return database.query("select utc_timestamp(6) as now").getFirst().getInstant("now");
  }

  @Override
  public List<Head> heads() {
    return database
        .query("select activity_id, max(revision) as newest from campaign_revisions group by 1")
        .stream()
        .map(row -> new Head(row.getString("activity_id"), row.getLong("newest")))
        .toList();
  }

  @Override
  public List<Revision> after(String activityId, long after, int limit) {
    return select(
        "where activity_id = ? and revision > ? order by revision limit " + limit,
        activityId,
        after);
  }

  @Override
  public List<Revision> before(String activityId, long before, int limit) {
    return select(
        "where activity_id = ? and revision < ? order by revision desc limit " + limit,
        activityId,
        before);
  }

  @Override
  public Optional<Revision> find(String activityId, long number) {
    return select("where activity_id = ? and revision = ?", activityId, number).stream()
        .findFirst();
  }

  @Override
  public Optional<Revision> newest(String activityId) {
    return before(activityId, Long.MAX_VALUE, 1).stream().findFirst();
  }

  @Override
  public Optional<Revision> byRequest(String requestId) {
    return select("where request_id = ?", requestId).stream().findFirst();
  }

  @Override
  public History history(Campaign campaign, Optional<Campaign> inForce) {
    Map<String, BudgetOnRecord> budgets = new HashMap<>();
    List<String> ids = campaign.budgets().stream().map(Campaign.Budget::id).toList();
    String sql =
        "select budget_id, parent_activity_id, unit, coalesce(declared, total) as declared, total"
            + " from budgets where budget_id in "
            + Rows.in(ids.size());
    for (Row row : ids.isEmpty() ? List.<Row>of() : database.query(sql, ids.toArray())) {
      budgets.put(row.getString("budget_id"), onRecord(row));
    }
    return new History(
        inForce,
        owners("scene_ids", "scene_id", sceneIds(campaign)),
        owners("child_ids", "child_id", childIds(campaign)),
        budgets);
  }

  private static BudgetOnRecord onRecord(Row row) {
    return new BudgetOnRecord(
        row.getString("parent_activity_id"),
        row.getInt("unit") == ITEMS ? Campaign.Unit.ITEMS : Campaign.Unit.FEN,
        row.getLong("declared"),
        row.getLong("total"));
  }

  @Override
  public boolean add(Revision revision, Campaign campaign, BooleanSupplier inTime) {
    try {
      database.inTransaction(tx -> insert(tx, revision, campaign, inTime));
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  private static long insert(
      Transaction tx, Revision r, Campaign campaign, BooleanSupplier inTime) {
    tx.update(
        "insert into campaign_revisions (activity_id, revision, etag, document, author, reason,"
            + " request_id, rollback_of, created_at, effective_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        r.activityId(),
        r.number(),
        r.etag(),
        r.document(),
        r.author(),
        r.reason(),
        r.requestId(),
        r.rollbackOf().isPresent() ? r.rollbackOf().getAsLong() : null,
        r.createdAt(),
        r.effectiveAt());
    claim(tx, "scene_ids", "scene_id", sceneIds(campaign), r.activityId());
    claim(tx, "child_ids", "child_id", childIds(campaign), r.activityId());
    addBudgets(tx, campaign, r);
    long noted =
        tx.update(
            "insert into audit (at, actor, action, target, detail) values (?, ?, ?, ?, ?)",
            r.createdAt(),
            r.author(),
            r.rollbackOf().isPresent() ? "campaign.rollback" : "campaign.apply",
            r.activityId(),
            detail(r));
    if (!inTime.getAsBoolean()) {
      throw new StoreUnavailableException("the revision took too long to write", null);
    }
    return noted;
  }

  private static String detail(Revision r) {
    String what = "revision " + r.number();
    return r.rollbackOf().isPresent()
        ? what + ", the document of revision " + r.rollbackOf().getAsLong() + ": " + r.reason()
        : what + ": " + r.reason();
  }

  // Ids of this activity's earlier revisions are there already; an id of another's is a duplicate.
  private static void claim(
      Transaction tx, String table, String column, Collection<String> ids, String activityId) {
    Collection<String> missing = new TreeSet<>(ids);
    String sql = "select " + column + " as id from " + table + " where activity_id = ?";
    tx.query(sql, activityId).forEach(row -> missing.remove(row.getString("id")));
    if (missing.isEmpty()) {
      return;
    }
    Rows rows = new Rows(2);
    missing.forEach(id -> rows.add(id, activityId));
    tx.update(
        "insert into " + table + " (" + column + ", activity_id) " + rows.values(), rows.args());
  }

  private static void addBudgets(Transaction tx, Campaign campaign, Revision revision) {
    Map<String, Campaign.Budget> missing = new HashMap<>();
    campaign.budgets().forEach(budget -> missing.put(budget.id(), budget));
    tx.query("select budget_id from budgets where parent_activity_id = ?", campaign.activityId())
        .forEach(row -> missing.remove(row.getString("budget_id")));
    if (missing.isEmpty()) {
      return;
    }
    Rows rows = new Rows(7);
    missing
        .values()
        .forEach(budget ->
            rows.add(
                budget.id(),
                campaign.activityId(),
                budget.unit() == Campaign.Unit.ITEMS ? ITEMS : FEN,
                budget.total(),
                budget.total(),
                budget.total(),
                revision.createdAt()));
    tx.update(
        "insert into budgets (budget_id, parent_activity_id, unit, declared, total, free,"
            + " created_at) "
            + rows.values(),
        rows.args());
  }

  private Map<String, String> owners(String table, String column, Collection<String> ids) {
    Map<String, String> owners = new HashMap<>();
    String sql =
        "select " + column + " as id, activity_id from " + table + " where " + column + " in ";
    List<String> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += Rows.MAX) {
      List<String> some = all.subList(from, Math.min(all.size(), from + Rows.MAX));
      database
          .query(sql + Rows.in(some.size()), some.toArray())
          .forEach(row -> owners.put(row.getString("id"), row.getString("activity_id")));
    }
    return owners;
  }

  private static Collection<String> sceneIds(Campaign campaign) {
    Collection<String> ids = new TreeSet<>();
    campaign.children().forEach(child -> child.scenes().forEach(scene -> ids.add(scene.id())));
    return ids;
  }

  private static Collection<String> childIds(Campaign campaign) {
    Collection<String> ids = new TreeSet<>();
    campaign.children().forEach(child -> ids.add(child.id()));
    return ids;
  }

  private List<Revision> select(String where, @Nullable Object... args) {
    return database.query(SELECT + where, args).stream()
        .map(row ->
            new Revision(
                row.getString("activity_id"),
                row.getLong("revision"),
                row.getString("etag"),
                row.getString("document"),
                row.getString("author"),
                row.getString("reason"),
                row.getString("request_id"),
                row.findLong("rollback_of"),
                row.getInstant("created_at"),
                row.getInstant("effective_at")))
        .toList();
  }
}
