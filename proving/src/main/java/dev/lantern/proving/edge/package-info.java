/// How clients call the edge: the same calls over JSON and over gRPC, and calls that are broken on
/// purpose.
///
/// An answer is turned into what the client was told ([dev.lantern.proving.clientlog.Told]) and
/// nothing is retried here: each attempt is the caller's decision and a line of its own.
@NullMarked
package dev.lantern.proving.edge;

import org.jspecify.annotations.NullMarked;
