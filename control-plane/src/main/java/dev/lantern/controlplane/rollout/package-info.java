/// Proof of a push: which Envoy runs what, and which rule a refusal is about.
@NullMarked
package dev.lantern.controlplane.rollout;

import org.jspecify.annotations.NullMarked;
