package dev.lantern.controlplane.resources;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is wrong with a change of a route, in words; what Envoy would take without one.
///
/// The clusters of routes inside a matcher Envoy does not look at, a fixed answer it does not read,
/// and that a mirrored write pays twice it cannot know.
public final class RouteChangeCheck {
  /// Part of every gateway's route table.
  static final int MOST_ANSWER_BYTES = 16 * 1024;

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  private static final TypeAdapter<JsonElement> TREE = new Gson().getAdapter(JsonElement.class);

  private final EdgeRoutes edge;
  private final Set<String> clusters;
  private final Map<String, FileDescriptor> files = new HashMap<>();

  /// @param clusters names of the services that there are
  public RouteChangeCheck(EdgeRoutes edge, Set<String> clusters, FileDescriptorSet contracts) {
    this.edge = edge;
    this.clusters = Set.copyOf(clusters);
    contracts.getFileList().forEach(this::read);
  }

  /// Empty when it may be pushed.
  public Optional<String> problem(RouteChange change) {
    Optional<EdgeRoute> found = edge.find(change.route());
    if (found.isEmpty()) {
      return Optional.of("the edge has no route " + change.route());
    }
    EdgeRoute route = found.get();
    return switch (change) {
      case RouteChange.Fallback it -> unknown(it.cluster());
      case RouteChange.Ramp it -> unknown(it.cluster());
      case RouteChange.Mirror it ->
          route.reads()
              ? unknown(it.cluster())
              : Optional.of(route.id() + " changes something: a copy of a call would do it twice");
      case RouteChange.FixedAnswer it ->
          route.reads()
              ? answer(route, it.json())
              : Optional.of(
                  route.id() + " changes something: an answer that nobody gave would be a lie");
    };
  }

  private Optional<String> unknown(String cluster) {
    return clusters.contains(cluster)
        ? Optional.empty()
        : Optional.of("no service is called " + cluster);
  }

  private Optional<String> answer(EdgeRoute route, String json) {
    if (json.getBytes(StandardCharsets.UTF_8).length > MOST_ANSWER_BYTES) {
      return Optional.of("the answer is over " + MOST_ANSWER_BYTES + " bytes");
    }
    Descriptor response = response(route);
    try {
      var message = DynamicMessage.newBuilder(response);
      JsonFormat.parser().merge(json, message);
      String printed = PRINTER.print(message);
      // Sent as it is written; so it must be what a service's answer would look like.
      return JsonParser.parseString(printed).equals(strictly(json))
          ? Optional.empty()
          : Optional.of("the answer must be written as the edge writes answers: " + printed);
    } catch (JsonParseException | IOException e) {
      return Optional.of("the answer is no " + response.getName() + ": " + e.getMessage());
    }
  }

  /// One value, by the book: what readers of JSON forgive, browsers do not.
  private static JsonElement strictly(String json) throws IOException {
    var reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    JsonElement value = TREE.read(reader);
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new JsonParseException("something follows its end");
    }
    return value;
  }

  private Descriptor response(EdgeRoute route) {
    for (FileDescriptor file : files.values()) {
      for (var service : file.getServices()) {
        if (service.getFullName().equals(route.service())) {
          return service.findMethodByName(route.method()).getOutputType();
        }
      }
    }
    throw new IllegalStateException("not in the contracts: " + route.service());
  }

  /// Files come before those that import them.
  private void read(FileDescriptorProto file) {
    FileDescriptor[] imports =
        file.getDependencyList().stream()
            .map(name ->
                Optional.ofNullable(files.get(name))
                    .orElseThrow(() -> new IllegalStateException("not in the contracts: " + name)))
            .toArray(FileDescriptor[]::new);
    try {
      files.put(file.getName(), FileDescriptor.buildFrom(file, imports));
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the contracts cannot be read: " + file.getName(), e);
    }
  }
}
