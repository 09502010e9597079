package dev.lantern.controlplane.state;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// [LastKnown] in one file, replaced as a whole, and beside it the highest policy revision this
/// machine has ever run: a state older than that came from a copy, and is refused.
public final class StateFile {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private final Path state;
  private final Path seen;

  public StateFile(Path directory) {
    this.state = directory.resolve("last-known.json");
    this.seen = directory.resolve("highest-revision");
  }

  /// The last known state; empty when there is none, or when it is older than what was run here.
  public Optional<LastKnown> read() {
    try {
      if (!Files.exists(state)) {
        return Optional.empty();
      }
      var json = GSON.fromJson(Files.readString(state), LastKnown.Json.class);
      if (json == null) {
        return Optional.empty();
      }
      LastKnown known = json.known();
      return known.revision().number() < highestSeen() ? Optional.empty() : Optional.of(known);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + state, e);
    } catch (JsonParseException | NullPointerException | NumberFormatException e) {
      throw new IllegalStateException(state + " is damaged; remove it to start without it", e);
    }
  }

  public synchronized void write(LastKnown known) {
    try {
      Files.createDirectories(state.toAbsolutePath().getParent());
      replace(state, GSON.toJson(LastKnown.Json.of(known)));
      if (known.revision().number() > highestSeen()) {
        replace(seen, Long.toString(known.revision().number()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + state, e);
    }
  }

  private long highestSeen() throws IOException {
    return Files.exists(seen) ? Long.parseLong(Files.readString(seen).strip()) : 0;
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
