package dev.lantern.cli.stack.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/// The stack's passwords: made at random when first asked for, the same ever after, one file each.
///
/// 32 characters of letters and digits (about 190 bits), so that no configuration language in which
/// they are written needs quoting.
public final class Secrets {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;

  private final Path directory;
  private final SecureRandom random;

  public Secrets(Home home, SecureRandom random) {
    this.directory = home.secrets();
    this.random = random;
  }

  public synchronized String of(String name) {
    Path file = directory.resolve(name);
    try {
      if (!Files.exists(file)) {
        PrivateFiles.write(file, fresh());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the password " + name, e);
    }
  }

  private String fresh() {
    var text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
