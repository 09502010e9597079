package dev.lantern.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A CSV file with a header line: RFC 4180, columns by name in any order.
///
/// @param rows each by column; what a row leaves out is empty
record OrdersFile(List<Map<String, String>> rows) {

  /// Reads a file that may have these columns and no others.
  static OrdersFile read(Path file, List<String> columns) {
    List<List<String>> lines = parse(Documents.read(file), file);
    if (lines.isEmpty()) {
      throw new BadDocument(file + " is empty; its first line names the columns", null);
    }
    List<String> header = lines.getFirst().stream().map(String::strip).toList();
    for (String name : header) {
      if (!columns.contains(name)) {
        throw new BadDocument(
            file + ":1: no column " + name + "; they are " + String.join(", ", columns), null);
      }
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (int n = 1; n < lines.size(); n++) {
      List<String> cells = lines.get(n);
      if (cells.size() != header.size()) {
        throw new BadDocument(
            file + ": row " + n + " has " + cells.size() + " of " + header.size() + " cells", null);
      }
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(header.get(i), cells.get(i).strip());
      }
      rows.add(row);
    }
    return new OrdersFile(rows);
  }

  /// A number of a row, 0 where it is left out.
  static long number(Map<String, String> row, String column) {
    String text = row.getOrDefault(column, "");
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new BadDocument(column + ": " + text + " is no whole number", e);
    }
  }

  private static List<List<String>> parse(String text, Path file) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        line.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        end(lines, line, cell);
        line = new ArrayList<>();
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new BadDocument(file + " ends within quotes", null);
    }
    end(lines, line, cell);
    return lines;
  }

  /// An empty line is none.
  private static void end(List<List<String>> lines, List<String> line, StringBuilder cell) {
    if (!line.isEmpty() || !cell.isEmpty()) {
      line.add(cell.toString());
      lines.add(line);
    }
    cell.setLength(0);
  }
}
