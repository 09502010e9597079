package dev.lantern.proving.downstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.downstream.v1.GrantResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Definite answers, one line each, forced to the disk before they are given. A line cut short by a
/// crash was never an answer, and is dropped.
public final class Journal implements AutoCloseable {
  private final FileChannel file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long granted;

  private Journal(FileChannel file) {
    this.file = file;
  }

  /// One definite answer.
  ///
  /// @param result GRANTED, REJECTED or SOLD_OUT
  /// @param what was asked for: a grant's id must never come with anything else
  public record Entry(String grantId, GrantResult result, String reference, String what) {}

  /// Opens the journal, and reads what is in it.
  public static Journal open(Path path) {
    try {
      String text = Files.exists(path) ? Files.readString(path) : "";
      int whole = text.lastIndexOf('\n') + 1;
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      file.truncate(text.substring(0, whole).getBytes(UTF_8).length);
      file.position(file.size());
      Journal journal = new Journal(file);
      text.substring(0, whole).lines().forEach(journal::read);
      return journal;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String line) {
    String[] parts = line.split(" ", 4);
    keep(new Entry(parts[0], GrantResult.valueOf(parts[1]), parts[2], parts[3]));
  }

  private void keep(Entry entry) {
    Entry earlier = entries.putIfAbsent(entry.grantId(), entry);
    if (earlier != null) {
      throw new IllegalStateException("answered twice: " + entry.grantId());
    }
    if (entry.result() == GrantResult.GRANT_RESULT_GRANTED) {
      granted++;
    }
  }

  /// The answer that was given, if one was.
  public synchronized Optional<Entry> find(String grantId) {
    return Optional.ofNullable(entries.get(grantId));
  }

  /// Decides and writes down, unless that was done before: the answer that holds.
  synchronized Entry answer(String grantId, String what, boolean rejected, long stock) {
    Entry earlier = entries.get(grantId);
    if (earlier != null) {
      return earlier;
    }
    GrantResult result =
        rejected
            ? GrantResult.GRANT_RESULT_REJECTED
            : granted >= stock
                ? GrantResult.GRANT_RESULT_SOLD_OUT
                : GrantResult.GRANT_RESULT_GRANTED;
    Entry entry =
        new Entry(
            grantId,
            result,
            result == GrantResult.GRANT_RESULT_GRANTED ? "ref-" + (entries.size() + 1) : "-",
            what);
    write(entry);
    keep(entry);
    return entry;
  }

  private void write(Entry entry) {
    String line =
        String.join(" ", entry.grantId(), entry.result().name(), entry.reference(), entry.what())
            + "\n";
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Everything answered, by grant, in the order of the answers.
  public synchronized Map<String, Entry> entries() {
    return Map.copyOf(entries);
  }

  /// How many grants were given.
  public synchronized long granted() {
    return granted;
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
