/// control-plane: one readable policy in, every Envoy running it, and proof that it does.
///
/// `policy` is what people write, `resources` what Envoy reads, `check` what stands between them;
/// `xds` delivers, `rollout` proves, `switches` tells Envoy and services of one change at once.
@NullMarked
package dev.lantern.controlplane;

import org.jspecify.annotations.NullMarked;
