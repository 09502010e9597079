package dev.lantern.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A Lua script and its SHA-1, by which it is called once the server knows it.
///
/// It must return a table (a multi-bulk reply); its entries are read by position, see [Reply].
/// `false` in a table reads as null; `nil` ends a table early, so never put it there.
public record Script(String lua, String sha1) {

  public static Script of(String lua) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(lua.getBytes(UTF_8));
      return new Script(lua, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
