/// Where the rules come from: the control plane's stream, and the file with its last word.
@NullMarked
package dev.lantern.controlplane.ratelimit.follow;

import org.jspecify.annotations.NullMarked;
