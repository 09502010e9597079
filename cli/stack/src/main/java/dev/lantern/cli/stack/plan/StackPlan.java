package dev.lantern.cli.stack.plan;

import dev.lantern.cli.stack.part.Part;
import java.util.List;

/// The parts of a stack at a given scale, those first that others need.
@FunctionalInterface
public interface StackPlan {
  List<Part> parts(Scale scale);
}
