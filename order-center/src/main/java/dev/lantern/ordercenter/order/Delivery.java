package dev.lantern.ordercenter.order;

import java.util.Optional;

/// How an award that is not money reaches its user.
///
/// @param downstream its name in settle's configuration
/// @param templateId the downstream's own name for the thing
/// @param instead what is given when the downstream definitely refuses; empty: an operator decides
public record Delivery(String downstream, String templateId, Optional<Outcome> instead) {
  public Delivery {
    if (downstream.isEmpty()) {
      throw new IllegalArgumentException("a thing is given by somebody");
    }
    if (instead.flatMap(Outcome::delivery).flatMap(Delivery::instead).isPresent()) {
      throw new IllegalArgumentException("a fallback has no fallback");
    }
  }

  dev.lantern.acceptlog.v1.Delivery toProto() {
    var proto =
        dev.lantern.acceptlog.v1.Delivery.newBuilder()
            .setDownstream(downstream)
            .setTemplateId(templateId);
    instead.map(Outcome::toProto).ifPresent(proto::setInstead);
    return proto.build();
  }

  static Delivery of(dev.lantern.acceptlog.v1.Delivery proto) {
    return new Delivery(
        proto.getDownstream(),
        proto.getTemplateId(),
        proto.hasInstead() ? Optional.of(Outcome.of(proto.getInstead())) : Optional.empty());
  }
}
