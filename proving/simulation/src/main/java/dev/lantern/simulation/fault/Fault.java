package dev.lantern.simulation.fault;

/// What can go wrong. Those up to [#FROZEN_AFTER] strike at a step, the others the world.
public enum Fault {
  /// The request never arrives; the caller does not know.
  REQUEST_LOST,
  /// It is done, and the caller does not get to know.
  REPLY_LOST,
  /// The caller gives up, and it is done after that.
  DONE_LATE,
  /// Sent again after a lost reply, and done twice.
  DONE_TWICE,
  /// Done, answered, and done once more later: a first sending that was held up.
  DONE_AGAIN_LATE,
  /// It takes long, so that others overtake.
  SLOW,
  /// `kill -9` of the process before the step; what was sent may still be done.
  KILLED_BEFORE,
  /// `kill -9` after the step was done and answered.
  KILLED_AFTER,
  /// The process stands still before the step and comes back from the dead.
  FROZEN_BEFORE,
  /// The process stands still after the step.
  FROZEN_AFTER,
  /// A server is away for a while.
  SERVER_DOWN,
  /// The queue's disk is full for a while: appends are refused.
  DISK_FULL,
  /// Redis A, or one of those that keep counters, comes back empty.
  REDIS_EMPTY,
  /// Redis A, or one of those that keep counters, fails over to a replica that lacks the last
  /// second.
  REDIS_LAST_SECOND,
  /// Redis A comes back from a server that lacks up to fifteen seconds.
  REDIS_OLDER,
  /// The accept log's topic vanishes with all it holds.
  TOPIC_LOST,
  /// It vanishes, and another is made under its name.
  TOPIC_REMADE,
  /// An operator ends leases before their time.
  LEASES_ENDED,
  /// An operator tops up, cuts, freezes or unfreezes a budget.
  BUDGET_CHANGED,
  /// An operator plans a new generation of the accept log.
  NEW_GENERATION,
  /// An operator switches a weak dependency off for a while.
  SWITCHED_OFF,
  /// A wall clock is set, up to two seconds off.
  CLOCK_SET,
  /// A record that the ledger refuses to book.
  POISON,
  /// A vendor refuses a user for good.
  VENDOR_REJECTS,
  /// A vendor has nothing left.
  VENDOR_SOLD_OUT,
  /// A vendor asks to be asked later.
  VENDOR_RETRY,
  /// A vendor does not know whether it has done it; it may have, or may do it yet.
  VENDOR_UNKNOWN,
  /// A vendor knows nothing of a grant, now.
  VENDOR_NOT_FOUND,
  /// One shard of a Redis that keeps counters comes back empty, and its run id tells nobody.
  SHARD_EMPTY,
  /// An operator chooses from which Redis counters are read.
  SOURCE_CHOSEN,
  /// A counting machine dies, and its journal comes back without what was not written back.
  MACHINE_LOST
}
