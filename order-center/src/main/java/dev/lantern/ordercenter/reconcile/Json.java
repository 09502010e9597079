package dev.lantern.ordercenter.reconcile;

/// Text as JSON writes it.
final class Json {
  private Json() {}

  /// In quotes; every character that could end them or is none to print is escaped.
  static String text(String raw) {
    StringBuilder json = new StringBuilder(raw.length() + 2).append('"');
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
