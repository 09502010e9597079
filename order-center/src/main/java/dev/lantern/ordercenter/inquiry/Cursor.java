package dev.lantern.ordercenter.inquiry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Page tokens: where a list was left, and the mark of the list it is of.
///
/// The mark is the beginning of a SHA-256 over the list's name and the place. It is no secret: who
/// makes up a place can only read on from there in a list that is theirs to read. So tokens outlive
/// restarts and are good at every instance.
final class Cursor {
  private static final int MARK_CHARS = 16;
  private static final String BETWEEN = "\n";

  private Cursor() {}

  /// A token.
  ///
  /// @param list names what is listed: a token of one list is refused for another
  /// @param place of the last entry given
  static String write(String list, String... place) {
    String text = String.join(BETWEEN, place);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((mark(list, text) + text).getBytes(UTF_8));
  }

  /// The place; empty for the first page.
  ///
  /// @throws Refused with INVALID_FIELD for what is no token of this list
  static Optional<List<String>> read(String list, String token, int parts) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    String text = decoded(token);
    if (text.length() > MARK_CHARS) {
      String place = text.substring(MARK_CHARS);
      List<String> found = List.of(place.split(BETWEEN, -1));
      if (found.size() == parts && text.startsWith(mark(list, place))) {
        return Optional.of(found);
      }
    }
    throw Refused.of(Reason.REASON_INVALID_FIELD, "not a page token of this list")
        .field("page_token");
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private static String mark(String list, String place) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest((list + BETWEEN + place).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, MARK_CHARS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
