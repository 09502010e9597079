package dev.lantern.cli.stack.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path folder;

  @Test
  void of_theSameName_isTheSameForEver() {
    Home home = Home.open(folder.resolve("home"));
    String first = new Secrets(home, new SecureRandom()).of("redis-a");

    assertThat(new Secrets(home, new SecureRandom()).of("redis-a")).isEqualTo(first);
    assertThat(new Secrets(home, new SecureRandom()).of("redis-b")).isNotEqualTo(first);
    assertThat(first).matches("[A-Za-z0-9]{32}");
  }

  @Test
  void of_writesForTheOwnerAlone() throws IOException {
    Home home = Home.open(folder.resolve("home"));
    String _ = new Secrets(home, new SecureRandom()).of("redis-a");

    assertThat(mode(home.secrets().resolve("redis-a"))).isEqualTo("rw-------");
    assertThat(mode(home.secrets())).isEqualTo("rwx------");
    assertThat(mode(home.root())).isEqualTo("rwx------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
