package dev.lantern.tokenservice.keys;

import dev.lantern.tokenservice.keys.UnusableKeyException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The folder of key files: `reward-live.pem` and its siblings, and beside them the keys that came
/// later, each named after its id: `reward-live-1f0c33a9.pem`.
///
/// A file that group or others may read, write or run is refused, and so is a folder they may write
/// to, since they could put another key there. A missing key is made only when `createMissing` says
/// so: in production an absent file means a secret was not mounted, and a fresh key in its place
/// would silently disown every token signed before. With a passphrase every private key is sealed;
/// one that lies open is sealed where it is if keys are made here, and refused otherwise.
public final class KeyFolder {
  /// How many keys of one scope there may be.
  public static final int MOST = 64;

  private static final int MAX_FILE_BYTES = 4_096;
  private static final Set<PosixFilePermission> OWNER_READ_WRITE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ALL =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN_WRITE =
      PosixFilePermissions.fromString("----w--w-");

  private final Path folder;
  private final boolean createMissing;
  private final Optional<Sealing> sealing;

  /// A folder of keys that lie open.
  public KeyFolder(Path folder, boolean createMissing) {
    this(folder, createMissing, Optional.empty());
  }

  public KeyFolder(Path folder, boolean createMissing, Optional<Sealing> sealing) {
    this.folder = folder;
    this.createMissing = createMissing;
    this.sealing = sealing;
  }

  /// The keys of every scope, those that sign first first; one is made now where there is none and
  /// that is allowed.
  ///
  /// @throws UnusableKeyException naming the first file that cannot be used
  public List<SigningKey> open(Instant now) {
    checkFolder();
    List<SigningKey> keys = new ArrayList<>();
    for (KeyScope scope : KeyScope.all()) {
      Path file = first(scope);
      if (createMissing && later(scope).isEmpty() && !Files.exists(file)) {
        create(file, SigningKey.generate(scope, now));
      }
      keys.addAll(ofScope(scope));
    }
    return List.copyOf(keys);
  }

  /// Another key of this scope beside those there are; it is read with the next [#open].
  ///
  /// @throws UnusableKeyException when keys are not made here, or there are [#MOST]
  public SigningKey add(KeyScope scope, Instant now, Instant useTime) {
    requireMaking(first(scope));
    if (later(scope).size() >= MOST - 1) {
      throw new UnusableKeyException(
          Problem.UNREADABLE, folder, "there are " + MOST + " keys of " + scope.slug());
    }
    SigningKey key = SigningKey.generate(scope, now, useTime);
    create(folder.resolve(key.id().value() + ".pem"), key);
    return key;
  }

  /// The keys as [#open] gives them, after this scope's keys were replaced by a new one, their
  /// files gone.
  ///
  /// @throws UnusableKeyException when keys are not made here; then nothing has changed
  public List<SigningKey> replace(KeyScope scope, Instant now) {
    Path file = first(scope);
    requireMaking(file);
    try {
      for (Path other : later(scope)) {
        Files.delete(other);
      }
      DurableFile.replace(file, KeyFile.render(SigningKey.generate(scope, now), sealing));
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, file, "cannot replace it: " + e, e);
    }
    return open(now);
  }

  /// Whether keys are made here.
  public boolean makesKeys() {
    return createMissing;
  }

  /// Names, sizes and times of what is in the folder: while it is the same, so are the keys.
  public String marks() {
    var marks = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".pem")).sorted().toList()) {
        marks
            .append(file.getFileName())
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(Files.getLastModifiedTime(file))
            .append('\n');
      }
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, folder, String.valueOf(e), e);
    }
    return marks.toString();
  }

  private List<SigningKey> ofScope(KeyScope scope) {
    List<Path> files = new ArrayList<>(later(scope));
    if (files.isEmpty() || Files.exists(first(scope))) {
      files.addFirst(first(scope));
    }
    return files.stream()
        .map(file -> read(scope, file))
        .sorted(
            Comparator.comparing(SigningKey::useTime)
                .thenComparing(SigningKey::createTime)
                .thenComparing(key -> key.id().value()))
        .toList();
  }

  private Path first(KeyScope scope) {
    return folder.resolve(scope.slug() + ".pem");
  }

  private List<Path> later(KeyScope scope) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> later =
          files
              .filter(file -> {
                String name = file.getFileName().toString();
                return name.startsWith(scope.slug() + "-") && name.matches(".*-[0-9a-f]{8}\\.pem");
              })
              .sorted()
              .limit(MOST)
              .toList();
      if (later.size() == MOST) {
        // One left out might be the one that signs.
        throw new UnusableKeyException(
            Problem.UNREADABLE, folder, "there are more than " + MOST + " keys of " + scope.slug());
      }
      return later;
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, folder, String.valueOf(e), e);
    }
  }

  private void requireMaking(Path file) {
    if (!createMissing) {
      throw new UnusableKeyException(
          Problem.MISSING, file, "keys are not made here: keys.create-missing is false");
    }
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

  private SigningKey read(KeyScope scope, Path file) {
    try {
      if (!OWNER_READ_WRITE.containsAll(Files.getPosixFilePermissions(file))) {
        throw new UnusableKeyException(
            Problem.UNSAFE_MODE, file, "others than its owner may use it; chmod 600 it");
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new UnusableKeyException(Problem.MALFORMED, file, "too large for a key file");
      }
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      SigningKey key = KeyFile.parse(scope, text, sealing);
      if (sealing.isPresent() && KeyFile.isOpen(text)) {
        seal(file, key);
      }
      return key;
    } catch (NoSuchFileException e) {
      throw new UnusableKeyException(
          Problem.MISSING, file, "there is none, and keys.create-missing is false", e);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyException(Problem.MALFORMED, file, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, file, String.valueOf(e), e);
    }
  }

  private void seal(Path file, SigningKey key) throws IOException {
    if (!createMissing) {
      throw new UnusableKeyException(
          Problem.UNSEALED, file, "lies open, though there is a passphrase; seal it");
    }
    DurableFile.replace(file, KeyFile.render(key, sealing));
  }

  private void create(Path file, SigningKey key) {
    try {
      DurableFile.createOnce(file, KeyFile.render(key, sealing));
    } catch (IOException e) {
      throw new UnusableKeyException(Problem.UNREADABLE, file, "cannot create it: " + e, e);
    }
  }
}
