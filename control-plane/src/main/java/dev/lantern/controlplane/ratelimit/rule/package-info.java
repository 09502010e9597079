/// What is limited: rules, and the keys that calls fall under.
@NullMarked
package dev.lantern.controlplane.ratelimit.rule;

import org.jspecify.annotations.NullMarked;
