/// What an SRE writes: documents, the rules they hold, and the ways they can be wrong.
///
/// The rules are plain values; `resources` turns them into Envoy's. Reading a document never throws
/// for what a person typed: every mistake is a [dev.lantern.controlplane.policy.Problem] with its
/// document and line.
@NullMarked
package dev.lantern.controlplane.policy;

import org.jspecify.annotations.NullMarked;
