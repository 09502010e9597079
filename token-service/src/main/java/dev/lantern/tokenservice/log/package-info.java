/// The signed-root log: every root that was signed, with how many tokens it stands for, before any
/// of them leaves.
///
/// It is append-only and hash-linked, one chain for each instance and lane. The sum of its sizes is
/// how many tokens can exist; a token whose root it does not hold was made by somebody else who has
/// the key.
@NullMarked
package dev.lantern.tokenservice.log;

import org.jspecify.annotations.NullMarked;
