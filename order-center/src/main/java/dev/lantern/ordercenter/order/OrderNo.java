package dev.lantern.ordercenter.order;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of at most one effect: `{act_id}_{scene_id}_{rain_id}_{award_type}_{stage}`, always of
/// the *requested* award type, so that a person gets at most one reward a scene and round whatever
/// is given in the end.
///
/// @param text the number as callers, records and rows carry it
/// @param actId whose order it is; the shard key of every row
public record OrderNo(String text, ActId actId, RoundId round, AwardType requested, Stage stage) {
  private static final Pattern FORM =
      Pattern.compile(
          "([1-9][0-9]{0,18})_([a-z0-9][a-z0-9-]{0,31})_([0-9]{1,10})_([0-9]{1,3})_([0-9]{1,2})");

  public static OrderNo of(ActId actId, RoundId round, AwardType requested, Stage stage) {
    String text =
        actId.value()
            + "_"
            + round.sceneId()
            + "_"
            + round.rainId()
            + "_"
            + requested.getNumber()
            + "_"
            + stage.getNumber();
    return new OrderNo(text, actId, round, requested, stage);
  }

  /// The number in `text`, or nothing when it is not one: wrong form, out of range, an award type
  /// or stage that does not exist, or another spelling of a number (leading zeros).
  public static Optional<OrderNo> parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    try {
      AwardType type = AwardType.forNumber(Integer.parseInt(m.group(4)));
      Stage stage = Stage.forNumber(Integer.parseInt(m.group(5)));
      if (type == null || stage == null) {
        return Optional.empty();
      }
      ActId actId = new ActId(Long.parseLong(m.group(1)));
      OrderNo parsed =
          of(actId, new RoundId(m.group(2), Integer.parseInt(m.group(3))), type, stage);
      return parsed.text.equals(text) ? Optional.of(parsed) : Optional.empty();
    } catch (NumberFormatException outOfRange) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrderNo that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
