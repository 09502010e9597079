package dev.lantern.controlplane.resources;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
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
      JsonFormat.parser().merge(json, DynamicMessage.newBuilder(response));
      return Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.of("the answer is no " + response.getName() + ": " + e.getMessage());
    }
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
