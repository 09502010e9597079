package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.Garbage;
import dev.lantern.proving.edge.SessionClaims;
import java.util.List;

/// What users should not do: every kind is done over both protocols in every rain, so that the
/// refusals can be compared.
enum Mischief {
  UNDECLARED_ROUND,
  UNDECLARED_SCENE,
  UNKNOWN_ACTIVITY,
  NO_SESSION,
  FORGED_SESSION,
  FOREIGN_ORDER,
  FORGED_ASSERTION,
  EXPIRED_ASSERTION,
  ASSERTION_OF_UNKNOWN_APP,
  SPENT_ASSERTION,
  TRUNCATED_BODY,
  NOISE_BODY,
  HUGE_BODY,
  UNDERSCORE_SCENE,
  CONTROL_SCENE,
  LONG_SCENE,
  NEGATIVE_ROUND,
  ZERO_ROUND,
  BAD_REQUEST_ID,
  BAD_ORDER_NO,
  UNKNOWN_PATH,
  INTERNAL_METHOD;

  static final List<Mischief> ALL = List.of(values());
  private static final int NO_SUCH_ROUND = 999_999;

  /// Does it once.
  ///
  /// @param neighbour another user's number of this round
  void commit(
      User user, Edge edge, String activityId, RoundPlan round, String neighbour, Assertions from) {
    String scene = round.sceneId();
    int rain = round.rainId();
    switch (this) {
      case UNDECLARED_ROUND ->
          user.grab(edge, Intent.UNDECLARED_ROUND, activityId, scene, NO_SUCH_ROUND);
      case UNDECLARED_SCENE ->
          user.grab(edge, Intent.UNDECLARED_SCENE, activityId, "no-such-scene", rain);
      case UNKNOWN_ACTIVITY ->
          user.grab(edge, Intent.UNKNOWN_ACTIVITY, "no-such-activity", scene, rain);
      case NO_SESSION -> user.grabWith(edge, null, Intent.NO_SESSION, activityId, scene, rain);
      case FORGED_SESSION ->
          user.grabWith(
              edge,
              SessionClaims.forged(user.session()),
              Intent.FORGED_SESSION,
              activityId,
              scene,
              rain);
      case FOREIGN_ORDER -> user.order(edge, Intent.FOREIGN_ORDER, neighbour);
      case FORGED_ASSERTION -> user.openBadly(edge, from.forged(user.number()), name());
      case EXPIRED_ASSERTION -> user.openBadly(edge, from.expired(user.number()), name());
      case ASSERTION_OF_UNKNOWN_APP ->
          user.openBadly(edge, from.ofUnknownApp(user.number()), name());
      case SPENT_ASSERTION -> {
        String assertion = from.of(user.number());
        user.open(assertion);
        user.openBadly(edge, assertion, name());
      }
      case TRUNCATED_BODY,
          NOISE_BODY,
          HUGE_BODY,
          UNDERSCORE_SCENE,
          CONTROL_SCENE,
          LONG_SCENE,
          NEGATIVE_ROUND,
          ZERO_ROUND,
          BAD_REQUEST_ID,
          BAD_ORDER_NO,
          UNKNOWN_PATH,
          INTERNAL_METHOD ->
          user.garbage(
              edge,
              Garbage.valueOf(name()),
              new Edge.Grab(activityId, scene, rain, "mischief-" + user.number()));
    }
  }
}
