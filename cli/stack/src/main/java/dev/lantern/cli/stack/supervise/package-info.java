/// Keeps the parts of one stack running.
///
/// A supervisor is a detached process of its own. It starts the parts in their order, restarts what
/// crashes, writes what it knows to `state.json`, and obeys a few commands on a loopback socket
/// guarded by a token. [dev.lantern.cli.stack.supervise.PartKeeper] is one part's life;
/// [dev.lantern.cli.stack.supervise.Board] is what all of them see of each other.
@NullMarked
package dev.lantern.cli.stack.supervise;

import org.jspecify.annotations.NullMarked;
