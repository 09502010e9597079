package dev.lantern.cli.stack.process;

import dev.lantern.cli.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a module of this checkout is run: this JVM's own `java`, the module's classes and the class
/// path its build wrote to `target/classpath`.
///
/// The flags are for two cores and many small processes: the serial collector has no threads of its
/// own, and a class data archive per module (made by the JVM itself at its first orderly end, kept
/// in the user's cache) takes most of the class loading out of a start.
public record JavaLaunch(Path checkout, Path cache) {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xshare:auto",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Duser.timezone=UTC",
          "-Dfile.encoding=UTF-8");

  public Launch launch(
      String module, String main, List<String> flags, List<String> arguments, Path directory)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(java());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.addAll(archive(main));
    command.addAll(List.of("-cp", classpath(module), main));
    command.addAll(arguments);
    return new Launch(command, Map.of("TZ", "UTC"), directory);
  }

  private JarShelf shelf() {
    return new JarShelf(cache.resolve("jars"));
  }

  /// The `java` this JVM came from.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// This JVM's own class path for another JVM of ours.
  public String ownClasspath() throws IOException {
    return shelf().shelved(System.getProperty("java.class.path"));
  }

  private List<String> archive(String main) throws IOException {
    Path archives = Files.createDirectories(cache.resolve("cds"));
    Path archive =
        archives.resolve(
            main
                + "-"
                + Runtime.version().feature()
                + "-"
                + Integer.toHexString(checkout.hashCode())
                + ".jsa");
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + archive,
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off",
        "-Xlog:aot=off");
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

  /// The module's jar if it is no older than its classes. An archive of class data is only made for
  /// a class path of jars, so the jar starts faster; the classes are right in any case.
  private static Optional<Path> jar(Path target, Path classes) throws IOException {
    try (var jars = Files.newDirectoryStream(target, "lantern-*.jar")) {
      for (Path jar : jars) {
        if (!newest(classes).isAfter(Files.getLastModifiedTime(jar).toInstant())) {
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
