/// Who calls, for whom, and whether they may.
///
/// A caller is a process, known by the SPIFFE id in its certificate (or, behind the mesh's Envoy,
/// in the one that Envoy verified). A user is a person, known only through the edge's Envoy, which
/// verified the session. Nothing is allowed that an [dev.lantern.runtime.identity.AccessPolicy]
/// does not name.
@NullMarked
package dev.lantern.runtime.identity;

import org.jspecify.annotations.NullMarked;
