/// Offline verification of what Lantern signs: with the public keys that token-service lists,
/// anybody can tell a promise of ours from an invention, without asking us.
///
/// Verify the exact bytes, then parse them; never encode again to verify. The JDK alone does it.
@NullMarked
package dev.lantern.sdk.token;

import org.jspecify.annotations.NullMarked;
