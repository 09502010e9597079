/// Sessions: an app says who its user is, signed with its own key; the user gets one act_id for
/// ever and a session that the edge can verify.
///
/// [AssertionVerifier] decides alone what an assertion is worth; [Sessions] spends it, finds or
/// makes the act_id and asks token-service for the session. Private keys are nowhere in here.
@NullMarked
package dev.lantern.walletapi.session;

import org.jspecify.annotations.NullMarked;
