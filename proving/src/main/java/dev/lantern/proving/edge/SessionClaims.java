package dev.lantern.proving.edge;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a session says about its user, read as a client could: without verifying it.
public record SessionClaims(long actId, int appId, String lane) {

  /// Throws IllegalArgumentException for what is no session.
  public static SessionClaims read(String session) {
    try {
      String body = session.split("\\.", -1)[1];
      JsonObject claims =
          JsonParser.parseString(
                  new String(Base64.getUrlDecoder().decode(body), StandardCharsets.UTF_8))
              .getAsJsonObject();
      return new SessionClaims(
          claims.get("act_id").getAsLong(),
          claims.get("app_id").getAsInt(),
          claims.get("lane").getAsString());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a session: " + session, e);
    }
  }

  /// The same session with its last signature character changed.
  public static String forged(String session) {
    int at = session.length() - 10;
    char other = session.charAt(at) == 'A' ? 'B' : 'A';
    return session.substring(0, at) + other + session.substring(at + 1);
  }
}
