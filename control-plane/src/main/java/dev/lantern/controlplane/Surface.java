package dev.lantern.controlplane;

import dev.lantern.controlplane.ControlPlaneConfig.MeshConfig;
import dev.lantern.controlplane.resources.EdgeSurface;
import dev.lantern.controlplane.resources.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The configuration as an [EdgeSurface], pages read. They are read once, at the start: an edge
/// serves what its control plane started with.
final class Surface {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "txt", "text/plain; charset=utf-8");

  private Surface() {}

  static EdgeSurface of(MeshConfig mesh) {
    return new EdgeSurface(mesh.origins(), mesh.pages().map(Surface::pages).orElse(List.of()));
  }

  private static List<Page> pages(Path folder) {
    var files = new ArrayList<Path>();
    try (var listed = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      listed.forEach(files::add);
      Collections.sort(files);
      var pages = new ArrayList<Page>();
      for (Path file : files) {
        pages.add(page(file));
      }
      return List.copyOf(pages);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the pages in " + folder, e);
    }
  }

  private static Page page(Path file) throws IOException {
    String name = file.getFileName().toString();
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalArgumentException(
          "a page of a kind that is not served: " + name + "; there are " + TYPES.keySet());
    }
    return new Page("/" + name, type, Files.readString(file));
  }
}
