package dev.lantern.sdk.wallet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// The opaque form of a [FlowPosition]: base64url of `version, microseconds, number, entry, check`,
/// at most 250 characters.
///
/// The check is the beginning of a SHA-256 over the wallet's key and the position: a token given
/// for one wallet is refused for another, and so is one that was cut or edited. It is no secret and
/// needs none: whoever makes up a position can only look at his own flows from there. So tokens
/// outlive restarts and are good at every instance.
public final class FlowPageTokens {
  private static final byte VERSION = 1;
  private static final int CHECK_BYTES = 16;
  private static final int ENTRY_BYTES = FlowPosition.ENTRY_DIGITS / 2;
  private static final int ORDER_NO_BYTES_MAX = 96;
  private static final int TOKEN_CHARS_MAX = 256;
  private static final long MICROS_MAX = 253_402_300_799_999_999L; // the end of the year 9999

  private FlowPageTokens() {}

  public static String write(WalletKey key, FlowPosition position) {
    byte[] orderNo = position.orderNo().getBytes(StandardCharsets.US_ASCII);
    byte[] entry = HexFormat.of().parseHex(position.entry());
    if (orderNo.length > ORDER_NO_BYTES_MAX) {
      throw new IllegalArgumentException("an order number has at most 96 characters");
    }
    byte[] body =
        ByteBuffer.allocate(1 + Long.BYTES + 1 + orderNo.length + 1 + entry.length)
            .put(VERSION)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.acceptedAt()))
            .put((byte) orderNo.length)
            .put(orderNo)
            .put((byte) entry.length)
            .put(entry)
            .array();
    byte[] check = check(key, body);
    byte[] token = ByteBuffer.allocate(body.length + check.length).put(body).put(check).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /// The position, or empty when this is not a token of this wallet, to the last bit.
  public static Optional<FlowPosition> read(WalletKey key, String token) {
    if (token.length() > TOKEN_CHARS_MAX) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    // A decoder forgives padding and loose last bits; a token has one spelling.
    if (bytes.length <= CHECK_BYTES
        || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token)) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOf(bytes, bytes.length - CHECK_BYTES);
    byte[] check = Arrays.copyOfRange(bytes, body.length, bytes.length);
    return MessageDigest.isEqual(check, check(key, body)) ? position(body) : Optional.empty();
  }

  private static Optional<FlowPosition> position(byte[] body) {
    try {
      ByteBuffer in = ByteBuffer.wrap(body);
      if (in.get() != VERSION) {
        return Optional.empty();
      }
      long micros = in.getLong();
      byte[] orderNo = take(in, ORDER_NO_BYTES_MAX);
      byte[] entry = take(in, ENTRY_BYTES);
      boolean sound =
          !in.hasRemaining()
              && micros >= 0
              && micros <= MICROS_MAX
              && orderNo.length > 0
              && isVisibleAscii(orderNo)
              && (entry.length == 0 || entry.length == ENTRY_BYTES);
      return sound
          ? Optional.of(
              new FlowPosition(
                  Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                  new String(orderNo, StandardCharsets.US_ASCII),
                  HexFormat.of().formatHex(entry)))
          : Optional.empty();
    } catch (BufferUnderflowException cut) {
      return Optional.empty();
    }
  }

  private static byte[] take(ByteBuffer in, int max) {
    int length = Byte.toUnsignedInt(in.get());
    if (length > max) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static boolean isVisibleAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b <= ' ' || b > '~') {
        return false;
      }
    }
    return true;
  }

  private static byte[] check(WalletKey key, byte[] body) {
    byte[] child = key.childActivityId().getBytes(StandardCharsets.UTF_8);
    ByteBuffer scope =
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES + Integer.BYTES + child.length)
            .putInt(key.lane())
            .putLong(key.actId())
            .putInt(child.length)
            .put(child);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update("lantern/flows/v1\0".getBytes(StandardCharsets.US_ASCII));
      sha256.update(scope.array());
      sha256.update(body);
      return Arrays.copyOf(sha256.digest(), CHECK_BYTES);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has SHA-256", absent);
    }
  }
}
