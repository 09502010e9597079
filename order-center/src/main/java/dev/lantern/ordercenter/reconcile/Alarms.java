package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Writes one event a class for what a pass has opened, into the outbox, in the pass's own
/// transaction: a crash loses no alarm, and a flood of findings is one event.
///
/// An event is a CloudEvent 1.0 in structured JSON. Whoever is not asked to send keeps the rows
/// unsent: without a webhook none are written.
public final class Alarms {
  private static final int SAMPLE = 5;

  private final boolean wanted;
  private final String source;
  private final Ids ids;

  /// A writer of alarms.
  ///
  /// @param wanted whether there is a webhook
  /// @param source who the events are from
  public Alarms(boolean wanted, String source, Ids ids) {
    this.wanted = wanted;
    this.source = source;
    this.ids = ids;
  }

  void write(Transaction tx, List<Finding> opened, Instant now) {
    if (!wanted || opened.isEmpty()) {
      return;
    }
    Map<Discrepancy, List<Finding>> byClass = new EnumMap<>(Discrepancy.class);
    opened.forEach(finding ->
        byClass.computeIfAbsent(finding.found().what(), _ -> new ArrayList<>()).add(finding));
    byClass.forEach((what, findings) -> {
      long id = ids.next(now);
      var _ =
          tx.update(
              "insert into alarm_events (event_id, finding_class, body, created_at, next_at)"
                  + " values (?, ?, ?, ?, ?)",
              id,
              what.number(),
              body(id, what, findings, now),
              now,
              now);
    });
  }

  private String body(long id, Discrepancy what, List<Finding> findings, Instant now) {
    long fen = findings.stream().mapToLong(finding -> finding.found().amountFen()).sum();
    StringBuilder sample = new StringBuilder();
    findings.stream()
        .limit(SAMPLE)
        .forEach(finding ->
            sample
                .append(sample.isEmpty() ? "" : ",")
                .append("{\"finding_id\":\"")
                .append(finding.id())
                .append("\",\"subject\":")
                .append(Json.text(finding.found().subject()))
                .append(",\"amount_fen\":\"")
                .append(finding.found().amountFen())
                .append("\"}"));
    return """
    {"specversion":"1.0","id":"%d","source":%s,"type":"dev.lantern.findings.opened.v1",\
    "subject":"%s","time":"%s","datacontenttype":"application/json",\
    "data":{"finding_class":"%s","count":%d,"amount_fen":"%d","remedy":%s,"sample":[%s]}}\
    """
        .formatted(
            id,
            Json.text(source),
            what.name(),
            now,
            what.name(),
            findings.size(),
            fen,
            Json.text(what.remedy()),
            sample);
  }
}
