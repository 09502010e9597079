package dev.lantern.tokenservice.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// Files for their owner alone that appear whole or not at all, and are on the disk when a call
/// returns: written beside, forced, then put in place in one step.
final class DurableFile {
  private static final Set<PosixFilePermission> OWNER_READ_WRITE =
      PosixFilePermissions.fromString("rw-------");

  private DurableFile() {}

  /// Puts it there if nothing is: of two processes that start at once one wins and both use what it
  /// wrote.
  static void createOnce(Path file, String text) throws IOException {
    Path draft = draft(file, text);
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException _) {
      // Another process was first; its file is the one that counts.
    } finally {
      Files.delete(draft);
    }
    force(file);
  }

  /// Puts it in the place of what is there.
  static void replace(Path file, String text) throws IOException {
    Files.move(
        draft(file, text),
        file,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force(file);
  }

  private static Path draft(Path file, String text) throws IOException {
    Path draft =
        Files.createTempFile(
            folder(file),
            ".draft-",
            ".pem",
            PosixFilePermissions.asFileAttribute(OWNER_READ_WRITE));
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return draft;
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(folder(file), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent());
  }
}
