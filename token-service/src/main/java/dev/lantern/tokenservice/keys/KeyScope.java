package dev.lantern.tokenservice.keys;

import java.util.ArrayList;
import java.util.List;

/// A purpose in a lane: there is exactly one current key for each.
public record KeyScope(Purpose purpose, KeyLane lane) {

  /// Every scope there is, in a fixed order.
  public static List<KeyScope> all() {
    List<KeyScope> scopes = new ArrayList<>();
    for (Purpose purpose : Purpose.values()) {
      for (KeyLane lane : KeyLane.values()) {
        scopes.add(new KeyScope(purpose, lane));
      }
    }
    return List.copyOf(scopes);
  }

  /// What stands before the payload in everything signed: `lantern/<purpose>/<lane>/v1`. It holds
  /// no zero byte, so that the one that ends it is unambiguous.
  public String context() {
    return "lantern/" + purpose.word() + "/" + lane.word() + "/v1";
  }

  /// `reward-live` and the like: the start of key ids and file names.
  public String slug() {
    return purpose.word() + "-" + lane.word();
  }
}
