package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.GrantId;
import java.util.Optional;

/// A grant as the books have it, beside what its vendor says of it.
final class GrantJudge {
  private GrantJudge() {}

  /// What a comparison came to.
  sealed interface Compared {
    record Agrees() implements Compared {}

    record Differs(Found found) implements Compared {}

    /// The vendor does not know itself, or was not heard: it is asked again.
    record Unsaid() implements Compared {}
  }

  static Compared compare(GrantAudit.Recorded recorded, Answer answer) {
    return switch (answer) {
      case Answer.Unknown _ -> new Compared.Unsaid();
      case Answer.Granted(String reference) -> of(recorded, given(recorded, reference));
      case Answer.NotFound() -> of(recorded, notGiven(recorded, "it knows no such grant"));
      case Answer.Refused(String detail) -> of(recorded, notGiven(recorded, detail));
      case Answer.Retry(_, String detail) -> of(recorded, notGiven(recorded, detail));
    };
  }

  private static Compared of(GrantAudit.Recorded recorded, Optional<Difference> difference) {
    return difference
        .<Compared>map(one -> new Compared.Differs(found(recorded, one)))
        .orElseGet(Compared.Agrees::new);
  }

  private static Optional<Difference> given(GrantAudit.Recorded recorded, String reference) {
    return switch (recorded.state()) {
      case GRANTED ->
          recorded.reference().equals(reference)
              ? Optional.empty()
              : difference(
                  Discrepancy.GRANT_TWICE,
                  "the vendor called it "
                      + recorded.reference()
                      + " and now calls it "
                      + reference);
      case REFUSED ->
          difference(
              Discrepancy.GRANT_COMPENSATED, "refused, and given all the same as " + reference);
      case PARKED -> difference(Discrepancy.GRANT_UNRECORDED, "parked, but given as " + reference);
      case DISCARDED ->
          difference(Discrepancy.GRANT_UNRECORDED, "discarded, but given as " + reference);
      // It is asked for: whoever asks is told the same.
      case DUE -> Optional.empty();
    };
  }

  private static Optional<Difference> notGiven(GrantAudit.Recorded recorded, String says) {
    return switch (recorded.state()) {
      case GRANTED ->
          difference(
              Discrepancy.GRANT_NOT_GIVEN,
              "recorded as given (" + recorded.reference() + "), the vendor says: " + says);
      case REFUSED, PARKED, DISCARDED, DUE -> Optional.empty();
    };
  }

  private static Optional<Difference> difference(Discrepancy what, String detail) {
    return Optional.of(new Difference(what, detail));
  }

  private record Difference(Discrepancy what, String detail) {}

  private static Found found(GrantAudit.Recorded recorded, Difference difference) {
    GrantId id = recorded.id();
    return new Found(
        difference.what(),
        id.text(),
        recorded.activityId(),
        id.actId(),
        id.orderNo(),
        0,
        1,
        difference.detail(),
        GrantPass.NAME,
        0);
  }
}
