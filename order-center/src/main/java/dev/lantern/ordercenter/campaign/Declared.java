package dev.lantern.ordercenter.campaign;

import java.util.Optional;

/// What the trees say of things that orders rest on already: for those who book what was accepted.
///
/// Of the revision in effect, else of the newest known; never stale, because what an order rests on
/// is immutable and never vanishes from a tree ([RevisionRules]). Empty only for an order of a
/// revision that this instance has not read yet.
public interface Declared {
  /// A reward of a child: its downstream, its template, its kind.
  Optional<Reward> reward(String activityId, String childActivityId, String rewardId);

  /// A scene of a child: its settlement, its retry policy, whether it is reconciled.
  Optional<Scene> scene(String activityId, String childActivityId, String sceneId);
}
