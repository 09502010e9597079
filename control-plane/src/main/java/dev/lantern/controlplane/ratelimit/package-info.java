/// The role `ratelimit`: decides limits call by call, for Envoys that ask.
///
/// `rule` is what is limited, `bucket` the count that Redis keeps of each key, `decide` what one
/// process holds of it, `serve` the contract that Envoy speaks, `follow` where the rules come from.
@NullMarked
package dev.lantern.controlplane.ratelimit;

import org.jspecify.annotations.NullMarked;
