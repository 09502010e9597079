/// Reward tokens: framing, signing, verifying and strict reading.
///
/// The order is fixed: bytes are verified exactly as they came, and only then read. Reading is
/// strict, since the same money must never be readable in two ways: no unknown field, none twice,
/// none out of order.
@NullMarked
package dev.lantern.tokenservice.token;

import org.jspecify.annotations.NullMarked;
