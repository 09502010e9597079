package dev.lantern.controlplane.diff;

import com.google.protobuf.Message;
import dev.lantern.controlplane.resources.EnvoyJson;
import dev.lantern.controlplane.resources.GroupResources;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.ResourceKind;
import dev.lantern.controlplane.xds.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// An Envoy resource that differs. Secrets are never shown.
///
/// @param effect what its push does beside its purpose
public record ResourceDiff(
    Group group, ResourceKind kind, String name, Change change, Unified.Text text, String effect) {

  public static List<ResourceDiff> between(
      Group group, GroupResources before, GroupResources after) {
    var diffs = new ArrayList<ResourceDiff>();
    for (ResourceKind kind : ResourceKind.values()) {
      if (kind == ResourceKind.SDS) {
        continue;
      }
      Map<String, Message> old = Versions.resources(before, kind);
      Map<String, Message> now = Versions.resources(after, kind);
      var names = new TreeSet<>(old.keySet());
      names.addAll(now.keySet());
      for (String name : names) {
        if (!Versions.of(old)
            .getOrDefault(name, "")
            .equals(Versions.of(now).getOrDefault(name, ""))) {
          diffs.add(diff(group, kind, name, new TreeMap<>(old), new TreeMap<>(now)));
        }
      }
    }
    return diffs;
  }

  private static ResourceDiff diff(
      Group group,
      ResourceKind kind,
      String name,
      Map<String, Message> old,
      Map<String, Message> now) {
    Change change =
        !old.containsKey(name)
            ? Change.ADDED
            : now.containsKey(name) ? Change.CHANGED : Change.REMOVED;
    return new ResourceDiff(
        group, kind, name, change, Unified.of(json(old, name), json(now, name)), effect(kind));
  }

  private static String json(Map<String, Message> resources, String name) {
    Message resource = resources.get(name);
    return resource == null ? "" : EnvoyJson.print(resource);
  }

  private static String effect(ResourceKind kind) {
    return switch (kind) {
      case LDS -> "refills every bucket once";
      case ECDS -> "refills this bucket alone";
      case RDS, CDS, EDS, SDS, RTDS -> "";
    };
  }
}
