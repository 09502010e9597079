package dev.lantern.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The policy files that an empty store begins with, by name.
final class Seeds {
  private Seeds() {}

  static Map<String, String> read(Path folder) {
    var files = new ArrayList<Path>();
    try (var listed = Files.newDirectoryStream(folder, "*.yaml")) {
      listed.forEach(files::add);
      Collections.sort(files);
      var seeds = new LinkedHashMap<String, String>();
      for (Path file : files) {
        seeds.put(file.getFileName().toString(), Files.readString(file));
      }
      return seeds;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the policies in " + folder, e);
    }
  }
}
