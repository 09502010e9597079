package dev.lantern.controlplane.resources;

import java.util.List;
import java.util.regex.Pattern;

/// What the edge shows of itself beside the RPCs.
///
/// @param origins the web origins whose pages may read our answers, such as `https://play.example`;
///   empty: none, which is what a browser takes silence for
/// @param pages what the edge answers by itself
public record EdgeSurface(List<String> origins, List<Page> pages) {
  private static final int MOST = 100;
  private static final Pattern ORIGIN =
      Pattern.compile("https?://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?");

  public EdgeSurface {
    origins = List.copyOf(origins);
    pages = List.copyOf(pages);
    if (origins.size() > MOST || pages.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " origins and as many pages");
    }
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "not a web origin (scheme, host, port if any, no path): " + origin);
      }
    }
    long paths = pages.stream().map(Page::path).distinct().count();
    if (paths != pages.size()) {
      throw new IllegalArgumentException("two pages have one path");
    }
  }

  public static EdgeSurface bare() {
    return new EdgeSurface(List.of(), List.of());
  }
}
