package dev.lantern.controlplane.xds;

import com.google.common.hash.Hashing;
import com.google.protobuf.Message;
import dev.lantern.controlplane.resources.GroupResources;
import io.envoyproxy.controlplane.cache.Resources.ResourceType;
import io.envoyproxy.controlplane.cache.Snapshot;
import io.envoyproxy.controlplane.cache.SnapshotResources;
import io.envoyproxy.controlplane.cache.VersionedResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A group's resources as the library wants them, with versions that are hashes of bytes.
///
/// The library's own snapshot versions a resource by its Java hash code, which differs after every
/// start; ours makes a restart invisible.
final class Snap extends Snapshot {
  private final Map<ResourceType, SnapshotResources<? extends Message>> all =
      new EnumMap<>(ResourceType.class);

  Snap(GroupResources resources) {
    put(ResourceType.LISTENER, resources.listeners());
    put(ResourceType.ROUTE, resources.routes());
    put(ResourceType.CLUSTER, resources.clusters());
    put(ResourceType.ENDPOINT, resources.endpoints());
    put(ResourceType.SECRET, resources.secrets());
  }

  private <T extends Message> void put(ResourceType type, List<T> resources) {
    var versioned = new ArrayList<VersionedResource<T>>();
    var versions = new StringBuilder();
    for (T resource : resources) {
      String version = Version.of(resource);
      versioned.add(VersionedResource.create(resource, version));
      versions.append(version);
    }
    String version =
        Hashing.sha256().hashString(versions, StandardCharsets.UTF_8).toString().substring(0, 20);
    all.put(type, SnapshotResources.<T>create(versioned, version));
  }

  private SnapshotResources<? extends Message> of(ResourceType type) {
    SnapshotResources<? extends Message> resources = all.get(type);
    if (resources == null) {
      throw new IllegalArgumentException("not served: " + type);
    }
    return resources;
  }

  @Override
  public String version(ResourceType type, List<String> names) {
    return of(type).version(names);
  }

  @Override
  public Map<String, ? extends Message> resources(ResourceType type) {
    return of(type).resources();
  }

  @Override
  public Map<String, VersionedResource<? extends Message>> versionedResources(ResourceType type) {
    return new HashMap<>(of(type).versionedResources());
  }
}
