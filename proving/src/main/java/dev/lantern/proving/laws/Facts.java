package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.RunRecord;
import java.util.List;
import java.util.Optional;

/// Everything the checks may look at for one parent activity.
///
/// @param run what the driver declared; empty where no client log was kept
/// @param log the clients' entries in the order they were sent; empty without a run
/// @param queueEmpty whether all that was appended had been booked when the stores were read
/// @param drained whether, beyond that, the run had ended in good order: all users done, all leases
///   closed, the last looks taken
public record Facts(
    Optional<RunRecord> run,
    List<ClientEntry> log,
    StoreFacts stores,
    boolean queueEmpty,
    boolean drained) {
  public Facts {
    log = List.copyOf(log);
  }
}
