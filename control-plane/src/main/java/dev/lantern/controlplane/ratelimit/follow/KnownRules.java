package dev.lantern.controlplane.ratelimit.follow;

import dev.lantern.controlplane.ratelimit.rule.RuleMessages;
import dev.lantern.controlplane.ratelimit.rule.RuleSet;
import dev.lantern.mesh.v1.WatchLimitsRequest;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules that this limiter runs: the newest that it was told and could read. What it cannot
/// read it does not run, keeps to what it has, and says so.
public final class KnownRules {
  private static final Logger LOG = LoggerFactory.getLogger(KnownRules.class);
  private static final int LONGEST_ERROR = 500;

  private final String limiter;
  private final RuleFile file;
  private final Consumer<RuleSet> run;
  private WatchLimitsResponse running = WatchLimitsResponse.getDefaultInstance();
  private boolean known;
  private String error = "";

  /// @param run makes rules the ones in force
  public KnownRules(String limiter, Path file, Consumer<RuleSet> run) {
    this.limiter = limiter;
    this.file = new RuleFile(file);
    this.run = run;
  }

  /// Starts from the file, if there is one.
  public synchronized void recall() {
    file.read()
        .ifPresent(told -> {
          if (obey(told)) {
            LOG.info("limits of revision {} recalled from disk", told.getRevision());
          }
        });
  }

  /// Takes what the control plane says.
  synchronized void told(WatchLimitsResponse told) {
    if (known && told.equals(running)) {
      error = "";
    } else if (told.getRevision() < running.getRevision()) {
      refuse("revision " + told.getRevision() + " is older than what runs");
    } else if (obey(told)) {
      file.write(told);
      LOG.info("limits of revision {}: {}", told.getRevision(), told.getRulesCount());
    }
  }

  /// What the control plane is told.
  synchronized WatchLimitsRequest standing() {
    return WatchLimitsRequest.newBuilder()
        .setLimiter(limiter)
        .setRevision(running.getRevision())
        .setError(error)
        .build();
  }

  /// Whether there are any rules yet; none at all, told, are rules, too.
  public synchronized boolean known() {
    return known;
  }

  private boolean obey(WatchLimitsResponse told) {
    try {
      run.accept(RuleMessages.read(told));
    } catch (IllegalArgumentException e) {
      refuse("revision " + told.getRevision() + ": " + e.getMessage());
      return false;
    }
    running = told;
    known = true;
    error = "";
    return true;
  }

  private void refuse(String why) {
    LOG.error("limits are not run: {}", why);
    error = why.length() <= LONGEST_ERROR ? why : why.substring(0, LONGEST_ERROR);
  }
}
