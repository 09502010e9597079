/// Proves Lantern on its real parts: plays rains through the edge, checks the laws from two
/// independent sources, breaks processes while it rains, and measures.
///
/// Everything here is a client. It knows the contracts, the schema as an auditor reads it and the
/// embedded stack, and nothing of the services' code, so that a mistake there cannot excuse itself
/// here.
@NullMarked
package dev.lantern.proving;

import org.jspecify.annotations.NullMarked;
