package dev.lantern.controlplane.audit;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;

/// Who does something, and why.
///
/// @param caller what the certificate proves: `operator`, `approver`, or our own name
/// @param author who they say they are
public record Signed(String caller, String author, String reason) {
  public static final String OURSELVES = "control-plane";

  /// The call being served. Nobody but us signs with our name: what we do by ourselves is judged
  /// otherwise.
  public static Signed by(String author, String reason) {
    String caller = RequestContext.find().map(context -> context.caller().name()).orElse(OURSELVES);
    if (author.equals(OURSELVES) && !caller.equals(OURSELVES)) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "only we sign as " + OURSELVES).field("author");
    }
    return new Signed(caller, author.isEmpty() ? caller : author, reason);
  }

  /// The same for what nobody may do without a word why.
  public static Signed because(String author, String reason) {
    if (reason.isBlank()) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "say why").field("reason");
    }
    return by(author, reason);
  }

  /// What happens by itself.
  public static Signed ourselves(String reason) {
    return new Signed(OURSELVES, OURSELVES, reason);
  }
}
