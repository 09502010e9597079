package dev.lantern.ordercenter.lane;

import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the lane in this process while it is open, and only then: while it is closed it costs one
/// read a second.
///
/// Closing is told last: an instance that says it does not serve has no worker, connection or call
/// of the lane any more, and a cleaning after that meets nobody. An instance that says nothing for
/// ten seconds is taken for gone; should it wake, it finds no row, lease or topic to go on with,
/// and closes at its next look.
///
/// A lane whose time is over is closed and cleaned here by whoever sees it first: what nobody
/// cleaned does not stay.
///
/// @param <L> what serves the lane
public final class LaneKeeper<L extends AutoCloseable> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneKeeper.class);

  private final LaneTable table;
  private final String instance;
  private final LongFunction<L> opener;
  private final Traces traces;
  private volatile @Nullable Served<L> served;
  private boolean told;

  private record Served<L>(long opening, L lane) {}

  /// @param instance this process's name among all that serve the lane
  /// @param opener makes what serves an opening; may take seconds
  public LaneKeeper(LaneTable table, String instance, LongFunction<L> opener, Traces traces) {
    this.table = table;
    this.instance = instance;
    this.opener = opener;
    this.traces = traces;
  }

  /// What serves the lane now.
  public Optional<L> current() {
    return Optional.ofNullable(served).map(Served::lane);
  }

  /// Looks, and does what is to be done. About once a second.
  public void tick() {
    Opening opening = table.read();
    if (opening.open() && opening.overdue()) {
      table.closeOverdue();
      return;
    }
    Served<L> now = served;
    if (now != null && !(opening.open() && now.opening() == opening.number())) {
      close();
    }
    if (opening.open() && served == null) {
      served = new Served<>(opening.number(), opener.apply(opening.number()));
      LOG.info("the stress lane is open: opening {}", opening.number());
    }
    tell(opening);
    if (opening.state() == Opening.State.CLOSED && opening.overdue()) {
      cleanOverdue(opening.number());
    }
  }

  /// While nothing is to be told, one word is enough.
  private void tell(Opening opening) {
    boolean quiet = opening.state() == Opening.State.CLEAN;
    if (!quiet || !told) {
      table.report(instance, opening.number(), served != null);
    }
    told = quiet;
  }

  private void cleanOverdue(long opening) {
    if (table.instances().stream().noneMatch(LaneTable.Instance::serving)) {
      traces.delete();
      if (traces.count().isEmpty()) {
        table.cleaned(opening);
        LOG.info("the stress lane's time was over: it is cleaned");
      }
    }
  }

  /// Ends what serves the lane here.
  @Override
  public void close() {
    Served<L> last = served;
    served = null;
    if (last != null) {
      try {
        last.lane().close();
      } catch (Exception e) {
        LOG.warn("the stress lane did not close in order", e);
      }
      LOG.info("the stress lane is closed here: opening {}", last.opening());
    }
  }
}
