package dev.lantern.ordercenter.tally;

import dev.lantern.order.v1.Stage;
import java.util.Optional;

/// Which stage a child activity is. Answers from memory.
@FunctionalInterface
public interface Stages {
  /// Empty while this process has not read the child's tree.
  Optional<Stage> stage(String activityId, String childActivityId);
}
