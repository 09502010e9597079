/// Resources to Envoys, and what became of them.
///
/// LDS, RDS, CDS, EDS and SDS go over java-control-plane's delta ADS, with versions that are hashes
/// of the resources' bytes; RTDS and ECDS, which it does not know, over streams of our own beside
/// it. Every acknowledgement and refusal is kept in one [dev.lantern.controlplane.xds.Ledger].
@NullMarked
package dev.lantern.controlplane.xds;

import org.jspecify.annotations.NullMarked;
