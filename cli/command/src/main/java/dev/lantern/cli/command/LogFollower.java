package dev.lantern.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Prints the ends of logs and what is added to them; notices a log that was begun anew.
final class LogFollower {
  private static final int AT_ONCE = 1 << 18;

  private final List<Path> files;
  private final PrintWriter out;
  private final boolean named;
  private final Map<Path, Long> read = new HashMap<>();

  LogFollower(List<Path> files, PrintWriter out, boolean named) {
    this.files = files;
    this.out = out;
    this.named = named;
  }

  static String name(Path file) {
    return file.getFileName().toString().replaceAll("\\.log$", "");
  }

  static JsonArray json(List<Path> files) throws IOException {
    var array = new JsonArray();
    for (Path file : files) {
      var object = new JsonObject();
      object.addProperty("part", name(file));
      object.addProperty("file", file.toString());
      object.addProperty("bytes", Files.size(file));
      array.add(object);
    }
    return array;
  }

  void tail(int lines) throws IOException {
    for (Path file : files) {
      long size = Files.size(file);
      List<String> all = lines(file, Math.max(0, size - AT_ONCE), size);
      print(file, all.subList(Math.max(0, all.size() - lines), all.size()));
      read.put(file, size);
    }
    out.flush();
  }

  void more() throws IOException {
    for (Path file : files) {
      if (!Files.exists(file)) {
        continue;
      }
      long size = Files.size(file);
      long from = read.getOrDefault(file, 0L);
      from = from > size ? 0 : Math.max(from, size - AT_ONCE);
      if (size > from) {
        print(file, lines(file, from, size));
        read.put(file, size);
      }
    }
    out.flush();
  }

  private void print(Path file, List<String> lines) {
    for (String line : lines) {
      out.println(named ? String.format("%-16s %s", name(file), line) : line);
    }
  }

  private static List<String> lines(Path file, long from, long to) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "r")) {
      open.seek(from);
      var bytes = new byte[(int) (to - from)];
      open.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
