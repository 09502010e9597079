package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A child activity: one stage of the parent, for one audience, from `opens` until before `closes`.
public record Child(
    String id,
    String title,
    Stage stage,
    Audience audience,
    Instant opens,
    Instant closes,
    List<Reward> rewards,
    List<Scene> scenes) {
  public Child {
    rewards = List.copyOf(rewards);
    scenes = List.copyOf(scenes);
  }

  public Optional<Reward> reward(String rewardId) {
    return rewards.stream().filter(reward -> reward.id().equals(rewardId)).findFirst();
  }

  public Optional<Scene> scene(String sceneId) {
    return scenes.stream().filter(scene -> scene.id().equals(sceneId)).findFirst();
  }

  /// Whether the child's window holds this instant.
  public boolean isOpenAt(Instant now) {
    return !now.isBefore(opens) && now.isBefore(closes);
  }
}
