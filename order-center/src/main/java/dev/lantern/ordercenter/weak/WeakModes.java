package dev.lantern.ordercenter.weak;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.Mode;
import dev.lantern.ordercenter.order.Modes;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// [Modes] by what this instance uses now.
///
/// | scene | Kafka | Redis | token-service | claims and tokens | record |
/// |---|---|---|---|---|---|
/// | DIRECT | any | any | any | as Redis | booked in the call |
/// | TOKEN | on | on | any | kept | Kafka |
/// | TOKEN | off | on | any | kept | inbox |
/// | TOKEN | any | off | any | none | inbox |
/// | TOKEN | off | off | off | none | booked in the call |
public final class WeakModes implements Modes {
  private final Dependencies dependencies;
  private final ClaimGaps gaps;
  private final Function<Lane, Optional<LogName>> topics;
  private final IntSupplier partitions;

  /// @param topics the topic a lane appends to, if it has one that can be used
  /// @param partitions how many the lanes' logs have
  public WeakModes(
      Dependencies dependencies,
      ClaimGaps gaps,
      Function<Lane, Optional<LogName>> topics,
      IntSupplier partitions) {
    this.dependencies = dependencies;
    this.gaps = gaps;
    this.topics = topics;
    this.partitions = partitions;
  }

  @Override
  public Optional<Mode> choose(AcceptRequest request) {
    boolean claims = dependencies.uses(OrderSwitch.REDIS);
    if (!claims && !gaps.mayGoWithout()) {
      return Optional.empty();
    }
    Optional<LogName> topic =
        dependencies.uses(OrderSwitch.QUEUE) ? topics.apply(request.lane()) : Optional.empty();
    LogName log =
        switch (kind(
            request.direct(), topic.isPresent(), claims, dependencies.uses(OrderSwitch.TOKENS))) {
          case KAFKA -> topic.orElseThrow();
          case INBOX -> LogName.inbox(request.lane(), partitions.getAsInt());
          case DIRECT -> LogName.direct(request.lane(), partitions.getAsInt());
        };
    return Optional.of(new Mode(claims, log));
  }

  @Override
  public boolean trustsSilence(Instant roundOpens) {
    return gaps.trustsSilence(roundOpens);
  }

  /// The table above.
  static LogName.Kind kind(boolean direct, boolean queue, boolean redis, boolean tokens) {
    if (direct || !(queue || redis || tokens)) {
      return LogName.Kind.DIRECT;
    }
    return queue && redis ? LogName.Kind.KAFKA : LogName.Kind.INBOX;
  }
}
