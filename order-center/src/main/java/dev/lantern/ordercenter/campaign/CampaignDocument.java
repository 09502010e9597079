package dev.lantern.ordercenter.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A campaign document, judged.
///
/// @param campaign the tree; empty exactly when there are problems
public record CampaignDocument(Optional<Campaign> campaign, List<Problem> problems) {

  /// Reads a document as it was applied. Its parts fit together, by the rules of that day: rules
  /// that are newer bind the next revision, not this one.
  public static CampaignDocument stored(String document) {
    Lines lines = new Lines();
    return judged(CampaignReader.read(document, lines), lines);
  }

  /// Reads a document and judges it by itself, without regard to earlier revisions.
  public static CampaignDocument read(String document) {
    Lines lines = new Lines();
    return judged(readAndCheck(document, lines), lines);
  }

  /// Reads a document that shall take effect at `effectiveAt`, against all earlier revisions.
  public static CampaignDocument readNext(String document, History history, Instant effectiveAt) {
    Lines lines = new Lines();
    Optional<Campaign> campaign = readAndCheck(document, lines);
    if (lines.clean()) {
      campaign.ifPresent(tree -> RevisionRules.check(tree, history, effectiveAt, lines));
    }
    return judged(campaign, lines);
  }

  private static Optional<Campaign> readAndCheck(String document, Lines lines) {
    Optional<Campaign> campaign = CampaignReader.read(document, lines);
    if (lines.clean()) {
      campaign.ifPresent(tree -> CampaignRules.check(tree, lines));
    }
    return campaign;
  }

  private static CampaignDocument judged(Optional<Campaign> campaign, Lines lines) {
    return lines.clean()
        ? new CampaignDocument(campaign, List.of())
        : new CampaignDocument(Optional.empty(), lines.problems());
  }
}
