package dev.lantern.cli.stack.process;

import dev.lantern.cli.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// How the programs of this checkout are run: this JVM's own `java`, the module's classes and the
/// class path its build wrote to `target/classpath`.
///
/// The flags are for two cores and many small processes: the serial collector has no threads of its
/// own, and a [ClassArchive] halves the work of a start.
public record JavaLaunch(Path checkout, Path cache) {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Duser.timezone=UTC",
          "-Dfile.encoding=UTF-8");

  /// A program: where it is built, and its main class.
  public record Program(String module, String main) {}

  public Launch launch(Program program, List<String> flags, List<String> arguments, Path directory)
      throws IOException {
    String classpath = classpath(program.module());
    var command = new ArrayList<String>();
    command.add(java());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.addAll(archive(program, classpath).flags());
    command.addAll(List.of("-cp", classpath, program.main()));
    command.addAll(arguments);
    return new Launch(command, Map.of("TZ", "UTC"), directory);
  }

  /// Asks `probe`, and remembers of a program that serves that its class archive is worth keeping.
  public boolean remember(Program program, BooleanSupplier probe) {
    if (!probe.getAsBoolean()) {
      return false;
    }
    try {
      archive(program, classpath(program.module())).served();
    } catch (IOException e) {
      throw new UncheckedIOException("the class archives cannot be kept in " + cache, e);
    }
    return true;
  }

  /// The `java` this JVM came from.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// This JVM's own class path for another JVM of ours.
  public String ownClasspath() throws IOException {
    return shelf().shelved(System.getProperty("java.class.path"));
  }

  private JarShelf shelf() {
    return new JarShelf(cache.resolve("jars"));
  }

  private ClassArchive archive(Program program, String classpath) {
    return ClassArchive.of(cache.resolve("cds"), program.main(), classpath);
  }

  private String classpath(String module) throws IOException {
    Path target = checkout.resolve(module).resolve("target");
    Path list = target.resolve("classpath");
    Path classes = target.resolve("classes");
    if (!Files.isDirectory(classes) || !Files.exists(list)) {
      throw new StackException(
          module + " is not built in " + checkout,
          "`./lantern` builds what is missing; by hand: mvn -DskipTests package");
    }
    String whole =
        jar(target, classes).orElse(classes) + File.pathSeparator + Files.readString(list).strip();
    return shelf().shelved(whole);
  }

  /// The module's jar, not that of its tests, if it is no older than its classes. An archive of
  /// class data is only made for a class path of jars, so the jar starts faster; the classes are
  /// right in any case.
  private static Optional<Path> jar(Path target, Path classes) throws IOException {
    try (var jars = Files.newDirectoryStream(target, "lantern-*.jar")) {
      for (Path jar : jars) {
        if (!jar.getFileName().toString().endsWith("-tests.jar")
            && !newest(classes).isAfter(Files.getLastModifiedTime(jar).toInstant())) {
          return Optional.of(jar);
        }
      }
    }
    return Optional.empty();
  }

  private static Instant newest(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      Instant newest = Instant.EPOCH;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Instant changed = Files.getLastModifiedTime(file).toInstant();
        newest = changed.isAfter(newest) ? changed : newest;
      }
      return newest;
    }
  }
}
