/// What the resources build on and Envoy's documents do not promise, each on a bare Envoy: an
/// upgrade that changes one is noticed here, before it is noticed at the edge.
@NullMarked
package dev.lantern.controlplane.facts;

import org.jspecify.annotations.NullMarked;
