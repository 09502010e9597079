package dev.lantern.ordercenter.settle;

/// The right to book a partition: true as long as its row still has this epoch (S1). Every booking
/// checks that in its own transaction, so an owner that was frozen cannot book late.
public record Claim(PartitionId id, long epoch) {}
