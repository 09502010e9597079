package dev.lantern.cli.stack.cache;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Copies files out of the jar of the class path that holds a given resource.
public final class JarContents {
  private JarContents() {}

  /// Copies every entry under `prefix` whose relative name `wanted` takes; names that would leave
  /// `target` are refused.
  public static void copy(String resource, String prefix, Path target, Predicate<String> wanted)
      throws IOException {
    URL url = JarContents.class.getResource(resource);
    if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("the class path has no jar with " + resource);
    }
    try (var zip = new ZipFile(Path.of(connection.getJarFileURL().getPath()).toFile())) {
      for (var entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
          String name = entry.getName().substring(prefix.length());
          if (wanted.test(name)) {
            copy(zip, entry, inside(target, name));
          }
        }
      }
    }
  }

  /// Makes it executable for its owner.
  public static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static Path inside(Path target, String name) throws IOException {
    Path file = target.resolve(name).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("an archive entry leaves its directory: " + name);
    }
    return file;
  }

  private static void copy(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (var in = zip.getInputStream(entry);
        var out = Files.newOutputStream(file)) {
      in.transferTo(out);
    }
  }
}
