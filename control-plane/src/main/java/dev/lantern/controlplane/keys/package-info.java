/// The public keys that sessions are verified with, as token-service tells them.
@NullMarked
package dev.lantern.controlplane.keys;

import org.jspecify.annotations.NullMarked;
