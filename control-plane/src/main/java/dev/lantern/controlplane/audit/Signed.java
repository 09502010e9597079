package dev.lantern.controlplane.audit;

import dev.lantern.runtime.identity.RequestContext;

/// Who does something, and why.
///
/// @param caller what the certificate proves: `operator`, `approver`, or our own name
/// @param author who they say they are
public record Signed(String caller, String author, String reason) {
  public static final String OURSELVES = "control-plane";

  /// The call being served.
  public static Signed by(String author, String reason) {
    String caller = RequestContext.find().map(context -> context.caller().name()).orElse(OURSELVES);
    return new Signed(caller, author.isEmpty() ? caller : author, reason);
  }

  /// What happens by itself.
  public static Signed ourselves(String reason) {
    return new Signed(OURSELVES, OURSELVES, reason);
  }
}
