package dev.lantern.cli.stack.plan;

import dev.lantern.cli.stack.part.Part;
import java.util.List;
import java.util.Set;

/// What a stack consists of.
public interface StackPlan {
  /// Its parts at a given scale, those first that others need.
  List<Part> parts(Scale scale);

  /// The names of the parts whose configuration lists the others' instances: they are started again
  /// after a change of scale.
  Set<String> knowTheScale();
}
