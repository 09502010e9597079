package dev.lantern.runtime.identity;

/// The person a call is for, as the edge verified it from their session.
public record User(long actId, int appId) {
  public User {
    if (actId <= 0 || appId <= 0) {
      throw new IllegalArgumentException("act_id and app_id are positive");
    }
  }
}
