/// The server every service runs in.
///
/// [dev.lantern.runtime.server.ServiceHost] opens the port; [dev.lantern.runtime.server.CallChain]
/// is what happens to each call before and after the handler: failures in one shape, bounds,
/// identity, access, validation.
@NullMarked
package dev.lantern.runtime.server;

import org.jspecify.annotations.NullMarked;
