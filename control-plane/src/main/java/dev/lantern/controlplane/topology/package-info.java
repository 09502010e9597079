/// Where everything is: our services and their instances, the gateways, and what each group of
/// Envoys listens on and proves itself with. Comes from this service's configuration.
@NullMarked
package dev.lantern.controlplane.topology;

import org.jspecify.annotations.NullMarked;
