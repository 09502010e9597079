package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.RunRecord;
import java.util.List;
import java.util.Optional;

/// Everything the checks may look at for one parent activity.
///
/// @param run what the driver declared; empty where no client log was kept
/// @param log the clients' entries in the order they were sent; empty without a run
/// @param drained whether the queue was empty and all leases were closed when the stores were read
public record Facts(
    Optional<RunRecord> run, List<ClientEntry> log, StoreFacts stores, boolean drained) {
  public Facts {
    log = List.copyOf(log);
  }
}
