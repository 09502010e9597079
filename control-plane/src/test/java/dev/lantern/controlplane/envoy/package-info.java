/// A real Envoy, real certificates and real gRPC services, for the mesh ring.
@NullMarked
package dev.lantern.controlplane.envoy;

import org.jspecify.annotations.NullMarked;
