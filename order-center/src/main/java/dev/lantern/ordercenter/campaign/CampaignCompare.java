package dev.lantern.ordercenter.campaign;

import java.util.List;
import java.util.Optional;

/// Sets two trees of one activity side by side: two revisions, or a revision and a document that is
/// still to be applied.
public final class CampaignCompare {
  private final CampaignStore store;

  public CampaignCompare(CampaignStore store) {
    this.store = store;
  }

  /// Two revisions; 0 is the newest.
  public Compared revisions(String activityId, long from, long to) {
    Optional<Revision> older = find(activityId, from);
    Optional<Revision> newer = find(activityId, to);
    if (older.isEmpty() || newer.isEmpty()) {
      return new Compared.NoSuchRevision();
    }
    return new Compared.Done(
        older, newer, TreeDiff.between(Optional.of(tree(older.get())), tree(newer.get())));
  }

  /// A revision and a document; 0 is the newest revision, or an empty tree where there is none.
  ///
  /// @param activityId the document's; empty: whatever it names
  public Compared document(String activityId, long from, String document) {
    CampaignDocument read = CampaignDocument.read(document);
    if (read.campaign().isEmpty()) {
      return new Compared.Invalid(read.problems());
    }
    Campaign newer = read.campaign().get();
    if (!activityId.isEmpty() && !activityId.equals(newer.activityId())) {
      return new Compared.OtherActivity(newer.activityId());
    }
    Optional<Revision> older = find(newer.activityId(), from);
    if (older.isEmpty() && from != 0) {
      return new Compared.NoSuchRevision();
    }
    return new Compared.Done(
        older, Optional.empty(), TreeDiff.between(older.map(CampaignCompare::tree), newer));
  }

  private Optional<Revision> find(String activityId, long number) {
    return number == 0 ? store.newest(activityId) : store.find(activityId, number);
  }

  private static Campaign tree(Revision revision) {
    return CampaignDocument.stored(revision.document())
        .campaign()
        .orElseThrow(() ->
            new IllegalStateException(
                "revision " + revision.number() + " cannot be read by this version"));
  }

  /// What came of it.
  public sealed interface Compared {
    /// They were set side by side.
    ///
    /// @param to empty: the newer side is the document
    record Done(Optional<Revision> from, Optional<Revision> to, TreeDiff diff)
        implements Compared {}

    /// The document does not hold together.
    record Invalid(List<Problem> problems) implements Compared {}

    /// The document is another activity's.
    record OtherActivity(String activityId) implements Compared {}

    record NoSuchRevision() implements Compared {}
  }
}
