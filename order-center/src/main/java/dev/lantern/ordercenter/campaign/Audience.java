package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.order.ActId;
import java.util.Set;

/// Who may take part in a child activity.
public sealed interface Audience {
  /// Whether this user belongs to it: the same answer at every instance and at every call.
  ///
  /// @param childId mixed into the percentage, so that two children pick different users
  boolean includes(ActId user, String childId);

  /// Whether every user of `other` belongs to this one as well, both for the same child.
  boolean covers(Audience other);

  /// All users.
  record Everyone() implements Audience {
    @Override
    public boolean includes(ActId user, String childId) {
      return true;
    }

    @Override
    public boolean covers(Audience other) {
      return true;
    }
  }

  /// The users listed.
  record AllowList(Set<Long> actIds) implements Audience {
    public AllowList {
      actIds = Set.copyOf(actIds);
    }

    @Override
    public boolean includes(ActId user, String childId) {
      return actIds.contains(user.value());
    }

    @Override
    public boolean covers(Audience other) {
      return other instanceof AllowList(Set<Long> others) && actIds.containsAll(others);
    }
  }

  /// A fixed share of all users, chosen by hash.
  record Percentage(int percent) implements Audience {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    @Override
    public boolean includes(ActId user, String childId) {
      long mixed = (user.value() ^ ((long) childId.hashCode() << 32)) * GOLDEN;
      mixed = (mixed ^ (mixed >>> 29)) * GOLDEN;
      return Math.unsignedMultiplyHigh(mixed, 100) < percent;
    }

    @Override
    public boolean covers(Audience other) {
      return percent == 100 || (other instanceof Percentage(int others) && others <= percent);
    }
  }
}
