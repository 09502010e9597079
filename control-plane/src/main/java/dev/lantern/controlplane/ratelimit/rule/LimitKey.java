package dev.lantern.controlplane.ratelimit.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// The name of one count: the rule's id, then the callers' values.
///
/// Values are told apart by their lengths, so that no two lists of values make one key; what is
/// long is replaced by its digest, so that a caller cannot make keys long.
public final class LimitKey {
  /// The longest key as it is.
  private static final int LONGEST = 160;

  private static final int DIGEST_BYTES = 18;

  private LimitKey() {}

  public static String of(String rule, List<String> values) {
    if (values.isEmpty()) {
      return rule;
    }
    int length = rule.length();
    for (String value : values) {
      length += value.length() + 6;
    }
    var key = new StringBuilder(length).append(rule);
    for (String value : values) {
      key.append('|').append(value.length()).append(':').append(value);
    }
    return key.length() <= LONGEST ? key.toString() : rule + "|#" + digest(key.toString());
  }

  private static String digest(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
