package dev.lantern.ordercenter.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// The document that `docs/campaigns.md` shows, for tests to hold to its word and to break.
final class Guide {
  static final Path PAGE =
      Path.of(System.getProperty("lantern.checkout", "..")).resolve("docs/campaigns.md");

  /// Before anything in it opens.
  static final Instant BEFORE = Instant.parse("2027-01-01T00:00:00Z");

  private Guide() {}

  static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String document() {
    String page = page();
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    return page.substring(begin, page.indexOf("```", begin));
  }

  static Campaign tree() {
    return CampaignDocument.read(document()).campaign().orElseThrow();
  }

  /// The document with the first of one text replaced by another.
  static String with(String text, String by) {
    String document = document();
    int at = document.indexOf(text);
    if (at < 0) {
      throw new AssertionError("not in the document: " + text);
    }
    return document.substring(0, at) + by + document.substring(at + text.length());
  }

  /// What speaks against a document as the first revision.
  static List<Problem> problems(String document) {
    return CampaignDocument.readNext(document, History.EMPTY, BEFORE).problems();
  }
}
