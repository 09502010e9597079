/// Making the two Redis equal again (C2).
///
/// Slots only rise, so the higher of two is the newer: each slot is run again on the Redis that is
/// lower. That is the same script as a writer's, harmless when a writer gets there first.
@NullMarked
package dev.lantern.counterservice.repair;

import org.jspecify.annotations.NullMarked;
