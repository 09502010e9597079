package dev.lantern.runtime.identity;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import io.grpc.Metadata;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Works out who calls from the verified peer and the headers that this peer may set.
///
/// Only the edge may say who the user is, only the mesh may say who the caller is; from anybody
/// else those headers are as if absent. The lane is what the edge took from the verified session,
/// or what a service passes on of the call it serves; who may pass a trial's mark on is
/// [AccessPolicy]'s matter. The driver of trials needs no header: it has no other lane. A header
/// that a trusted peer set badly, or twice, refuses the call.
public final class Identification {

  public static final Metadata.Key<String> ACT_ID = key("x-act-id");
  public static final Metadata.Key<String> APP_ID = key("x-app-id");
  public static final Metadata.Key<String> LANE = key("x-lane");
  public static final Metadata.Key<String> CLIENT_CERT = key("x-forwarded-client-cert");

  private Identification() {}

  /// The context of a call; refuses with UNAUTHENTICATED when there is no verified peer or its
  /// headers do not hold.
  public static RequestContext identify(Optional<SpiffeId> peer, Metadata headers) {
    SpiffeId verified =
        peer.orElseThrow(() -> unauthenticated("no verified certificate of this trust domain"));
    if (verified.equals(SpiffeId.EDGE)) {
      return new RequestContext(verified, user(headers), lane(headers));
    }
    SpiffeId caller = verified.equals(SpiffeId.MESH) ? behindMesh(headers) : verified;
    Lane lane = caller.equals(SpiffeId.STRESS_DRIVER) ? Lane.LANE_STRESS : lane(headers);
    return new RequestContext(caller, Optional.empty(), lane);
  }

  private static SpiffeId behindMesh(Metadata headers) {
    String header = single(headers, CLIENT_CERT);
    if (header == null) {
      // Envoy's own call, a health check; no policy names a proxy, so it may do nothing else.
      return SpiffeId.MESH;
    }
    SpiffeId caller =
        ForwardedCert.caller(header)
            .orElseThrow(() -> unauthenticated("the mesh does not say who calls"));
    if (caller.equals(SpiffeId.EDGE) || caller.equals(SpiffeId.MESH)) {
      // An Envoy behind an Envoy: whom it speaks for is lost.
      throw unauthenticated("the mesh forwards another proxy");
    }
    return caller;
  }

  private static Optional<User> user(Metadata headers) {
    String actId = single(headers, ACT_ID);
    String appId = single(headers, APP_ID);
    if (actId == null && appId == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new User(
              Long.parseLong(actId == null ? "" : actId),
              Integer.parseInt(appId == null ? "" : appId)));
    } catch (IllegalArgumentException e) {
      throw unauthenticated("the session's ids are not usable");
    }
  }

  private static Lane lane(Metadata headers) {
    String lane = single(headers, LANE);
    return switch (lane) {
      case null -> Lane.LANE_LIVE;
      case "live" -> Lane.LANE_LIVE;
      case "stress" -> Lane.LANE_STRESS;
      default -> throw unauthenticated("no such lane");
    };
  }

  private static @Nullable String single(Metadata headers, Metadata.Key<String> key) {
    Iterable<String> values = headers.getAll(key);
    if (values == null) {
      return null;
    }
    Iterator<String> each = values.iterator();
    String value = each.next();
    if (each.hasNext()) {
      throw unauthenticated("header " + key.name() + " is given twice");
    }
    return value;
  }

  private static Refused unauthenticated(String message) {
    return Refused.of(Reason.REASON_UNAUTHENTICATED, message).rule("identity");
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
