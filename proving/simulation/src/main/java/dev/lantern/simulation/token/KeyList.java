package dev.lantern.simulation.token;

import dev.lantern.sdk.token.KeySet;

/// token-service's list of keys, as everybody asks for it.
@FunctionalInterface
public interface KeyList {
  KeySet list();
}
