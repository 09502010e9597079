package dev.lantern.tokenservice.keys;

/// What a key signs, and nothing else.
public enum Purpose {
  /// Reward tokens, framed by their context.
  REWARD("reward"),
  /// Session JWTs (RFC 7519, RFC 8037), which the edge verifies.
  SESSION("session");

  private final String word;

  Purpose(String word) {
    this.word = word;
  }

  /// How the purpose is written in contexts, key ids and file names.
  public String word() {
    return word;
  }
}
