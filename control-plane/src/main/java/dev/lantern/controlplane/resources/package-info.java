/// Policy, topology and keys in; Envoy resources out.
///
/// Pure factories: the same input gives the same bytes, so that a version can be a hash of them and
/// a restarted control plane sends nothing anew. Each limit is an ECDS filter of its own, because a
/// push of routes refills buckets that live on routes, and a push of listeners refills all.
@NullMarked
package dev.lantern.controlplane.resources;

import org.jspecify.annotations.NullMarked;
