package dev.lantern.controlplane.xds;

import io.envoyproxy.controlplane.cache.SimpleCache;

/// The library's cache, one snapshot a group; a node's group is its `node.cluster`, which the
/// server has checked against its certificate.
final class HashCache extends SimpleCache<String, Snap> {
  HashCache() {
    super(node -> node.getCluster());
  }
}
