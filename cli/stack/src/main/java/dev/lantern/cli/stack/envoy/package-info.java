/// Envoy: where its binary comes from, and the two proxies of the stack.
@NullMarked
package dev.lantern.cli.stack.envoy;

import org.jspecify.annotations.NullMarked;
