package dev.lantern.sdk.token;

import dev.lantern.token.v1.RedPacketToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Who presents tokens, where and when: what a token says is compared with it.
///
/// @param actId whose they must be
/// @param activityIds the child activities they may be of; empty: any
public record Presentation(long actId, Set<String> activityIds, Instant now) {
  /// How far a token's round may open after our own clock.
  static final Duration LEEWAY = Duration.ofSeconds(30);

  public Presentation {
    activityIds = Set.copyOf(activityIds);
  }

  Optional<TokenProblem> against(RedPacketToken token) {
    if (token.getActId() != actId) {
      return Optional.of(TokenProblem.WRONG_USER);
    }
    if (!activityIds.isEmpty() && !activityIds.contains(token.getActivityId())) {
      return Optional.of(TokenProblem.WRONG_ACTIVITY);
    }
    long opens = token.getOpenTime().getSeconds();
    return opens > now.plus(LEEWAY).getEpochSecond()
        ? Optional.of(TokenProblem.NOT_OPEN)
        : Optional.empty();
  }
}
