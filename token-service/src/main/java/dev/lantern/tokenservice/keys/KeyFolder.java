package dev.lantern.tokenservice.keys;

import dev.lantern.tokenservice.keys.UnusableKeyException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The folder of key files: `reward-live.pem` and its siblings.
///
/// A file that group or others may read, write or run is refused, and so is a folder they may write
/// to, since they could put another key there. A missing key is made only when `createMissing` says
/// so: in production an absent file means a secret was not mounted, and a fresh key in its place
/// would silently disown every token signed before.
public final class KeyFolder {

  private static final int MAX_FILE_BYTES = 4_096;
  private static final Set<PosixFilePermission> OWNER_READ_WRITE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ALL =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN_WRITE =
      PosixFilePermissions.fromString("----w--w-");

  private final Path folder;
  private final boolean createMissing;

  public KeyFolder(Path folder, boolean createMissing) {
    this.folder = folder;
    this.createMissing = createMissing;
  }

  /// The key of every scope, made now where it was missing and that is allowed.
  ///
  /// @throws UnusableKeyException naming the first file that cannot be used
  public List<SigningKey> open(Instant now) {
    checkFolder();
    List<SigningKey> keys = new ArrayList<>();
    for (KeyScope scope : KeyScope.all()) {
      Path file = folder.resolve(scope.slug() + ".pem");
      if (createMissing && !Files.exists(file)) {
        create(file, SigningKey.generate(scope, now));
      }
      keys.add(read(scope, file));
    }
    return List.copyOf(keys);
  }

  /// The keys as [#open] gives them, after this scope's key was replaced by a new one, its former
  /// file overwritten in one step.
  ///
  /// @throws UnusableKeyException when keys are not made here; then nothing has changed
  public List<SigningKey> replace(KeyScope scope, Instant now) {
    Path file = folder.resolve(scope.slug() + ".pem");
    if (!createMissing) {
      throw new UnusableKeyException(
          Problem.MISSING, file, "keys are not made here: keys.create-missing is false");
    }
    try {
      Path draft =
          Files.createTempFile(
              folder, ".draft-", ".pem", PosixFilePermissions.asFileAttribute(OWNER_READ_WRITE));
      writeDurably(draft, KeyFile.render(SigningKey.generate(scope, now)));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(folder);
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, file, "cannot replace it: " + e, e);
    }
    return open(now);
  }

  private void checkFolder() {
    try {
      if (createMissing && !Files.exists(folder)) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ALL));
      }
      Set<PosixFilePermission> foreign = EnumSet.copyOf(FOREIGN_WRITE);
      foreign.retainAll(Files.getPosixFilePermissions(folder));
      if (!foreign.isEmpty()) {
        throw new UnusableKeyException(
            Problem.UNSAFE_MODE, folder, "others may write to the folder; chmod go-w it");
      }
    } catch (NoSuchFileException e) {
      throw new UnusableKeyException(Problem.MISSING, folder, "there is no such folder", e);
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, folder, String.valueOf(e), e);
    }
  }

  private static SigningKey read(KeyScope scope, Path file) {
    try {
      if (!OWNER_READ_WRITE.containsAll(Files.getPosixFilePermissions(file))) {
        throw new UnusableKeyException(
            Problem.UNSAFE_MODE, file, "others than its owner may use it; chmod 600 it");
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new UnusableKeyException(Problem.MALFORMED, file, "too large for a key file");
      }
      return KeyFile.parse(scope, Files.readString(file, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException e) {
      throw new UnusableKeyException(
          Problem.MISSING, file, "there is none, and keys.create-missing is false", e);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyException(Problem.MALFORMED, file, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, file, String.valueOf(e), e);
    }
  }

  /// Writes beside, forces to disk, then links into place: the file appears whole or not at all,
  /// and of two processes that start at once one wins and both use its key.
  private void create(Path file, SigningKey key) {
    try {
      Path draft =
          Files.createTempFile(
              folder, ".draft-", ".pem", PosixFilePermissions.asFileAttribute(OWNER_READ_WRITE));
      try {
        writeDurably(draft, KeyFile.render(key));
        Files.createLink(file, draft);
      } catch (FileAlreadyExistsException _) {
        // Another process was first; its key is the one that counts.
      } finally {
        Files.delete(draft);
      }
      force(folder);
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, file, "cannot create it: " + e, e);
    }
  }

  private static void writeDurably(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
