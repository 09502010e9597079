package dev.lantern.controlplane.traffic;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.lantern.controlplane.resources.EdgeRoute;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of the edge's access log: at most [#MOST_BYTES] of it and no older than [#OLDEST].
///
/// The route is found from method and path, since a refused request's log names the rule that
/// refused it, not the route that it asked for.
public final class AccessLog implements Sample.Source {
  static final int MOST_BYTES = 4 * 1024 * 1024;
  static final Duration OLDEST = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  private record Way(String route, String grpcPath, String method, Pattern json) {}

  private final Path file;
  private final List<Way> ways;
  private final InstantSource clock;

  public AccessLog(Path file, List<EdgeRoute> routes, InstantSource clock) {
    this.file = file;
    this.ways =
        routes.stream()
            .map(route ->
                new Way(
                    route.id(),
                    route.grpcPath(),
                    route.httpMethod(),
                    Pattern.compile(route.jsonPattern())))
            .toList();
    this.clock = clock;
  }

  @Override
  public Sample lately() {
    if (!Files.isReadable(file)) {
      return Sample.none();
    }
    Instant oldest = clock.instant().minus(OLDEST);
    var requests = new ArrayList<Request>();
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, log.length() - MOST_BYTES);
      log.seek(from);
      byte[] bytes = new byte[Math.toIntExact(Math.min(MOST_BYTES, log.length() - from))];
      log.readFully(bytes);
      // Begun in the middle of a line, that line is not one.
      new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .skip(from > 0 ? 1 : 0)
          .forEach(
              line -> request(line).filter(r -> r.at().isAfter(oldest)).ifPresent(requests::add));
      return new Sample(requests, from > 0);
    } catch (IOException e) {
      LOG.warn("no sample of requests: {}", e.toString());
      return Sample.none();
    }
  }

  private Optional<Request> request(String line) {
    try {
      JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
      Instant at = Instant.parse(text(entry, "time"));
      String user = text(entry, "act_id");
      return route(text(entry, "method"), text(entry, "path"))
          .map(route -> new Request(at, route, user.equals("-") ? "" : user));
    } catch (JsonParseException | IllegalStateException | DateTimeException e) {
      // Cut off, or being written.
      return Optional.empty();
    }
  }

  private Optional<String> route(String method, String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    List<Way> fitting =
        ways.stream()
            .filter(way -> way.grpcPath().equals(plain) || way.json().matcher(plain).matches())
            .toList();
    // Once transcoded, a GET is logged as the POST that it became; the path stays the client's.
    return fitting.stream()
        .filter(way -> way.method().equals(method))
        .findFirst()
        .or(() -> fitting.stream().findFirst())
        .map(Way::route);
  }

  private static String text(JsonObject entry, String key) {
    var value = entry.get(key);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}
