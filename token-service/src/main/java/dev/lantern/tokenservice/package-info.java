/// The token service: the only holder of private keys.
///
/// It signs reward tokens in batches, verifies presented ones, issues session JWTs and lists its
/// public keys. It stores nothing but its keys and knows no orders: what it signs is what
/// order-center promised. `Main` starts it, `Wiring` shows how it hangs together, `TokenService` is
/// its contract's adapter.
@NullMarked
package dev.lantern.tokenservice;

import org.jspecify.annotations.NullMarked;
