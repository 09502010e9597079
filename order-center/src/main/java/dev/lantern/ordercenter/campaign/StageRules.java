package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the stages of a tree follow one another as they must: who belongs where, without two
/// answers at one time and without a time in between that has none.
///
/// Windows are half open, `opens` to before `closes`, so that one child closes at the instant at
/// which the next opens.
final class StageRules {
  private final Campaign campaign;
  private final Lines lines;
  private final Map<String, List<Standing>> standings = new HashMap<>();

  private StageRules(Campaign campaign, Lines lines) {
    this.campaign = campaign;
    this.lines = lines;
  }

  static void check(Campaign campaign, Lines lines) {
    StageRules rules = new StageRules(campaign, lines);
    for (int i = 0; i < campaign.children().size(); i++) {
      Child child = campaign.children().get(i);
      String path = "children[" + i + "]";
      rules.checkAudience(child, path);
      if (child.opens().isBefore(child.closes())) {
        rules.checkOverlaps(child, i, path);
        rules.checkGap(child, i);
      } else {
        lines.problem(path + ".closes", "is not after opens", "close it later");
      }
      rules.checkScenes(child, path);
    }
  }

  private void checkAudience(Child child, String path) {
    boolean everyone = child.audience() instanceof Audience.Everyone;
    if (child.stage() == Stage.STAGE_OFFICIAL && !everyone) {
      lines.problem(
          path + ".audience",
          "narrows stage OFFICIAL, which is for all",
          "write {everyone: true}, or make the stage GREY");
    }
    if (child.stage() != Stage.STAGE_OFFICIAL && everyone) {
      lines.problem(
          path + ".audience",
          "opens this stage to all",
          "write an allow_list or a percentage, or make the stage OFFICIAL");
    }
  }

  private void checkOverlaps(Child child, int index, String path) {
    for (Child earlier : campaign.children().subList(0, index)) {
      if (!overlap(earlier, child)) {
        continue;
      }
      if (earlier.stage() == child.stage()) {
        lines.problem(
            path + ".opens",
            "overlaps the window of " + earlier.id() + ", a child of the same stage",
            "let one close, at the latest, when the other opens");
      } else {
        checkLists(earlier, child, path);
      }
    }
  }

  // Whoever stands on two lists would be in two stages at a time.
  private void checkLists(Child one, Child other, String path) {
    if (one.audience() instanceof Audience.AllowList(Set<Long> ones)
        && other.audience() instanceof Audience.AllowList(Set<Long> others)) {
      others.stream()
          .filter(ones::contains)
          .min(Long::compare)
          .ifPresent(user ->
              lines.problem(
                  path + ".audience.allow_list",
                  "has user " + user + ", who is on the list of " + one.id() + " at that time",
                  "keep each user on one list"));
    }
  }

  // Between a child's close and the opening of what takes over, its users have no stage.
  private void checkGap(Child child, int index) {
    Optional<Integer> next = Optional.empty();
    for (int i = 0; i < campaign.children().size(); i++) {
      Child other = campaign.children().get(i);
      if (i == index || !other.closes().isAfter(child.closes()) || !takesOver(other, child)) {
        continue;
      }
      Instant soonest = next.map(n -> campaign.children().get(n).opens()).orElse(Instant.MAX);
      if (other.opens().isBefore(soonest)) {
        next = Optional.of(i);
      }
    }
    next.filter(n -> campaign.children().get(n).opens().isAfter(child.closes()))
        .ifPresent(n ->
            lines.problem(
                "children[" + n + "].opens",
                "leaves users of " + child.id() + " without a stage from " + child.closes(),
                "open it at " + child.closes() + ", or close " + child.id() + " later"));
  }

  // All users are taken over by a child for all alone; the few of a rehearsal by whatever follows.
  private static boolean takesOver(Child other, Child child) {
    return other.audience() instanceof Audience.Everyone
        || !(child.audience() instanceof Audience.Everyone);
  }

  private void checkScenes(Child child, String path) {
    for (int i = 0; i < child.scenes().size(); i++) {
      Scene scene = child.scenes().get(i);
      Standing here = new Standing(child, scene);
      List<Standing> others = standings.computeIfAbsent(scene.id(), _ -> new ArrayList<>());
      for (Standing other : others) {
        if (other.child().id().equals(child.id())) {
          continue;
        }
        checkStanding(other, here, path + ".scenes[" + i + "]");
      }
      others.add(here);
    }
  }

  // A scene may stand in several children; what names an order must mean the same in all of them.
  private void checkStanding(Standing other, Standing here, String path) {
    String there = " than in child " + other.child().id();
    if (other.scene().awardType() != here.scene().awardType()) {
      lines.problem(
          path + ".award_type",
          "is another" + there + ": order numbers hold it",
          "take the same type, or another scene id");
    }
    if (other.scene().rounds().isEmpty() != here.scene().rounds().isEmpty()) {
      lines.problem(
          path + ".id",
          "has rounds in one child and none in " + other.child().id(),
          "give it rounds in both, or take another scene id");
      return;
    }
    if (!here.scene().rounds().isEmpty()) {
      return;
    }
    if (other.child().stage() == here.child().stage()) {
      lines.problem(
          path + ".id",
          "has no rounds and stands in another child of the same stage, " + other.child().id(),
          "take another scene id: their orders would have the same numbers");
    } else if (overlap(other.child(), here.child())) {
      lines.problem(
          path + ".id",
          "has no rounds and stands in " + other.child().id() + " at the same time",
          "part the windows, or take another scene id: the time alone tells the child");
    }
  }

  private static boolean overlap(Child one, Child other) {
    return one.opens().isBefore(other.closes()) && other.opens().isBefore(one.closes());
  }

  private record Standing(Child child, Scene scene) {}
}
