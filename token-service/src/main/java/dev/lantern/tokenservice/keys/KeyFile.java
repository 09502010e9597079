package dev.lantern.tokenservice.keys;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a key file: named lines, then the private and the public key in PEM (RFC 7468, whose
/// readers skip the lines before a block). One file, so that its parts appear together or not at
/// all.
final class KeyFile {

  private static final Pattern SHAPE =
      Pattern.compile(
          """
          key-id: (?<id>[a-z0-9-]{1,64})
          create-time: (?<created>[0-9TZ:.-]{1,40})
          (?:use-time: (?<used>[0-9TZ:.-]{1,40})
          )?-----BEGIN (?<label>PRIVATE KEY|ENCRYPTED PRIVATE KEY)-----
          (?<private>[A-Za-z0-9+/=\n]{1,800})-----END \\k<label>-----
          -----BEGIN PUBLIC KEY-----
          (?<public>[A-Za-z0-9+/=\n]{1,400})-----END PUBLIC KEY-----
          """);

  private static final String PLAIN = "PRIVATE KEY";
  private static final String SEALED = "ENCRYPTED PRIVATE KEY";

  private KeyFile() {}

  static String render(SigningKey key, Optional<Sealing> sealing) {
    return "key-id: %s\ncreate-time: %s\nuse-time: %s\n"
            .formatted(key.id().value(), key.createTime(), key.useTime())
        + sealing
            .map(seal -> block(SEALED, seal.seal(key.pkcs8())))
            .orElseGet(() -> block(PLAIN, key.pkcs8()))
        + block("PUBLIC KEY", key.publicKey().x509());
  }

  /// Whether the private key in this text lies open.
  static boolean isOpen(String text) {
    return text.contains("-----BEGIN " + PLAIN + "-----");
  }

  /// The key in this text.
  ///
  /// @throws IllegalArgumentException when it is not a key file, or its id is not its key's in this
  ///   scope: the file of another purpose or lane, or an edited one; when it is sealed and does not
  ///   open
  static SigningKey parse(KeyScope scope, String text, Optional<Sealing> sealing) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a key file");
    }
    Base64.Decoder mime = Base64.getMimeDecoder();
    PublicKeyBytes publicKey = PublicKeyBytes.ofX509(mime.decode(matcher.group("public")));
    Instant created = instant(matcher.group("created"));
    String used = matcher.group("used");
    byte[] der = mime.decode(matcher.group("private"));
    byte[] pkcs8 = matcher.group("label").equals(SEALED) ? opened(der, sealing) : der;
    SigningKey key =
        new SigningKey(scope, created, used == null ? created : instant(used), publicKey, pkcs8);
    if (!key.id().value().equals(matcher.group("id"))) {
      throw new IllegalArgumentException(
          "says it is %s, but as %s its key is %s"
              .formatted(matcher.group("id"), scope.slug(), key.id().value()));
    }
    return key;
  }

  private static byte[] opened(byte[] der, Optional<Sealing> sealing) {
    return sealing
        .orElseThrow(() -> new IllegalArgumentException("sealed, and there is no passphrase"))
        .open(der);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("its times are not instants", e);
    }
  }

  private static String block(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
