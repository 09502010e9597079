package dev.lantern.cli.stack.pki;

import java.util.Base64;

/// The textual encoding of keys and certificates (RFC 7468).
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  static String of(String kind, byte[] der) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }

  /// The bytes of a text with one object.
  static byte[] der(String text) {
    return Base64.getDecoder()
        .decode(text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
  }
}
