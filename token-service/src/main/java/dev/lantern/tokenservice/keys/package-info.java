/// The signing keys: one Ed25519 pair per purpose and lane, each in a file of its own.
///
/// A key file is a PKCS#8 private key beside its public key, readable by its owner alone. Keys are
/// made once, atomically, and never overwritten: a key that is lost makes every token it signed
/// unverifiable. Nothing outside this package reads or writes a key file.
@NullMarked
package dev.lantern.tokenservice.keys;

import org.jspecify.annotations.NullMarked;
