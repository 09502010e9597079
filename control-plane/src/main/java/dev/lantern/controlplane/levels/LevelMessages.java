package dev.lantern.controlplane.levels;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.switches.SwitchChange;
import dev.lantern.controlplane.switches.SwitchTable;
import dev.lantern.mesh.v1.Level;
import dev.lantern.mesh.v1.LevelChangeState;
import dev.lantern.mesh.v1.LevelReview;
import dev.lantern.mesh.v1.ListLevelsResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Levels as the API says them.
final class LevelMessages {
  private LevelMessages() {}

  static ListLevelsResponse listed(SwitchTable table, OptionalInt busyPercent, Instant now) {
    var response =
        ListLevelsResponse.newBuilder()
            .setLevel("L" + table.rank(now))
            .setManual(name(table.manualLevel(now)))
            .setAutomatic(name(table.automaticLevel(now)));
    table.levels().all().forEach(level -> response.addLevels(level(table, level)));
    table
        .level(now)
        .ifPresent(turn -> {
          response.setAuthor(turn.author()).setReason(turn.reason());
          turn.expires().ifPresent(end -> response.setExpireTime(timestamp(end)));
        });
    busyPercent.ifPresent(response::setBusyPercent);
    return response.build();
  }

  private static String name(Optional<SwitchChange> turn) {
    return "L" + turn.map(SwitchChange::perTenThousand).orElse(0);
  }

  private static Level level(SwitchTable table, Rule.Level level) {
    return Level.newBuilder()
        .setName(level.name())
        .setDescription(level.description())
        .setSecondPerson(level.secondPerson())
        .setLongest(Durations.fromMillis(level.longest().toMillis()))
        .setAutomatic(level.automatic().isPresent())
        .putAllSettings(table.levels().settings(level.rank()))
        .build();
  }

  static dev.lantern.mesh.v1.LevelChange change(LevelChange change) {
    var told =
        dev.lantern.mesh.v1.LevelChange.newBuilder()
            .setChangeId(change.id())
            .setLevel(change.name())
            .setLasting(Durations.fromMillis(change.lasting().toMillis()))
            .setState(state(change.state()))
            .setBreakGlass(change.glass())
            .setCaller(change.asked().caller())
            .setAuthor(change.asked().author())
            .setReason(change.asked().reason())
            .setCreateTime(timestamp(change.at()))
            .setReview(review(change.review()));
    change
        .decision()
        .ifPresent(second ->
            told.setSecondCaller(second.by().caller())
                .setSecondAuthor(second.by().author())
                .setSecondReason(second.by().reason())
                .setDecideTime(timestamp(second.at())));
    change
        .reviewed()
        .ifPresent(review ->
            told.setReviewer(review.by().author())
                .setReviewNote(review.by().reason())
                .setReviewTime(timestamp(review.at())));
    return told.build();
  }

  private static LevelChangeState state(LevelChange.State state) {
    return switch (state) {
      case WAITING -> LevelChangeState.LEVEL_CHANGE_STATE_WAITING;
      case APPLIED -> LevelChangeState.LEVEL_CHANGE_STATE_APPLIED;
      case REFUSED -> LevelChangeState.LEVEL_CHANGE_STATE_REFUSED;
      case LAPSED -> LevelChangeState.LEVEL_CHANGE_STATE_LAPSED;
    };
  }

  private static LevelReview review(LevelChange.Review review) {
    return switch (review) {
      case NONE -> LevelReview.LEVEL_REVIEW_NONE;
      case DUE -> LevelReview.LEVEL_REVIEW_DUE;
      case DONE -> LevelReview.LEVEL_REVIEW_DONE;
    };
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamps.fromMillis(at.toEpochMilli());
  }
}
