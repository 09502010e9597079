/// Ed25519 itself: which provider does it, and the keys loaded into that provider.
///
/// One provider is chosen at the start, by a self-test, and then both signs and verifies for as
/// long as the process lives: libraries differ in what malformed signatures they let pass, and a
/// verdict must not depend on which one happened to answer.
@NullMarked
package dev.lantern.tokenservice.signing;

import org.jspecify.annotations.NullMarked;
