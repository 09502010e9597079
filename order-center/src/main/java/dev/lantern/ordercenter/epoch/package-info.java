/// The lives of Redis A (rule W2): noticing that it lost data, and knowing when that no longer
/// matters.
///
/// `EpochKeeper` sets the epoch keys that every reader of tokens compares with the answering
/// server, notes in `redis_epochs` how far the queue went when it did, and says when settlement has
/// passed that point: from then on everything acknowledged before the loss is in the books.
@NullMarked
package dev.lantern.ordercenter.epoch;

import org.jspecify.annotations.NullMarked;
