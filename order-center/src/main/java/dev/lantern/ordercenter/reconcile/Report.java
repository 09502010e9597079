package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Findings as a file for people.
///
/// @param asOf when they were read
record Report(Instant asOf, List<Finding> findings) {
  static final int MOST = 10_000;
  private static final int PAGE = 500;

  /// Begins a cell, or what may be taken for one, with a formula.
  private static final Pattern FORMULA = Pattern.compile("(^|[;\r\n])([ ]*[=+\\-@\t])");

  static Report read(FindingStore store, Filter filter, Instant now) {
    List<Finding> all = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (all.size() < MOST) {
      List<Finding> page = store.list(filter, before, PAGE);
      all.addAll(page);
      if (page.size() < PAGE) {
        break;
      }
      before = page.getLast().id();
    }
    return new Report(now.truncatedTo(ChronoUnit.SECONDS), all);
  }

  /// RFC 4180, a header first, every field in quotes. What a spreadsheet would take for a formula
  /// gets an apostrophe, also after a semicolon: many take that for the end of a cell, quotes or
  /// not.
  String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append("finding_id,class,state,subject,activity_id,amount_fen,orders,order_no,first_seen,");
    csv.append("last_seen,detail,closed_by,note\r\n");
    for (Finding finding : findings) {
      List<String> cells = new ArrayList<>(cells(finding));
      cells.add(finding.closing().map(Finding.Closing::by).orElse(""));
      cells.add(finding.closing().map(Finding.Closing::note).orElse(""));
      csv.append(String.join(",", cells.stream().map(Report::csv).toList())).append("\r\n");
    }
    return csv.toString();
  }

  private static List<String> cells(Finding finding) {
    Found found = finding.found();
    return List.of(
        Long.toString(finding.id()),
        found.what().name(),
        finding.state().name(),
        found.subject(),
        found.activityId(),
        Long.toString(found.amountFen()),
        Long.toString(found.orders()),
        found.orderNo(),
        finding.firstSeen().toString(),
        finding.lastSeen().toString(),
        found.detail());
  }

  static String csv(String raw) {
    String safe = FORMULA.matcher(raw).replaceAll("$1'$2");
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  /// A page that needs nothing else: no script, no address, every text escaped.
  String html() {
    StringBuilder html = new StringBuilder(head());
    for (Finding finding : findings) {
      Found found = finding.found();
      html.append("<tr class=\"").append(html(finding.state().name())).append("\">");
      cell(html, found.what().name());
      cell(html, found.subject());
      cell(html, found.activityId());
      html.append("<td class=n>").append(yuan(found.amountFen())).append("</td>");
      cell(html, finding.firstSeen().truncatedTo(ChronoUnit.SECONDS).toString());
      cell(html, finding.lastSeen().truncatedTo(ChronoUnit.SECONDS).toString());
      cell(
          html,
          finding
              .closing()
              .map(c -> finding.state() + " by " + c.by() + ": " + c.note())
              .orElse("OPEN"));
      cell(html, found.detail());
      cell(html, found.what().remedy());
      html.append("</tr>\n");
    }
    return html.append("</table></main></html>\n").toString();
  }

  private String head() {
    return """
    <!doctype html>
    <html lang=en><meta charset=utf-8>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name=viewport content="width=device-width, initial-scale=1">
    <title>Reconciliation</title>
    <style>
    body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1c1c1e;background:#fff}
    main{max-width:1280px;margin:0 auto;padding:24px}
    h1{font-size:22px;margin:0 0 4px} p{margin:0 0 16px;color:#555}
    table{border-collapse:collapse;width:100%%;margin:0 0 24px;font-size:13px}
    th,td{text-align:left;padding:6px 8px;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}
    .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    tr.RESOLVED td,tr.CLEARED td{color:#777}
    @media(prefers-color-scheme:dark){body{background:#1c1c1e;color:#eee}th,td{border-color:#444}p{color:#aaa}}
    </style>
    <main><h1>Reconciliation</h1><p>As of %s.</p>%s
    <table><tr><th>class<th>subject<th>activity<th class=n>yuan<th>first seen<th>last seen<th>state<th>detail<th>remedy</tr>
    """
        .formatted(asOf, summary());
  }

  private String summary() {
    Map<Discrepancy, long[]> open = new EnumMap<>(Discrepancy.class);
    for (Finding finding : findings) {
      if (finding.state() == Finding.State.OPEN) {
        long[] sum = open.computeIfAbsent(finding.found().what(), _ -> new long[2]);
        sum[0]++;
        sum[1] = Math.addExact(sum[1], finding.found().amountFen());
      }
    }
    if (open.isEmpty()) {
      return "<p>Nothing is open.</p>";
    }
    StringBuilder html =
        new StringBuilder("<table><tr><th>open<th class=n>findings<th class=n>yuan at stake</tr>");
    open.forEach((what, sum) ->
        html.append("<tr>")
            .append("<td>")
            .append(what.name())
            .append("<td class=n>")
            .append(sum[0])
            .append("<td class=n>")
            .append(yuan(sum[1]))
            .append("</tr>\n"));
    return html.append("</table>").toString();
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td>").append(html(text)).append("</td>");
  }

  private static String yuan(long fen) {
    return fen / 100 + "." + (fen % 100 < 10 ? "0" : "") + fen % 100;
  }

  static String html(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
