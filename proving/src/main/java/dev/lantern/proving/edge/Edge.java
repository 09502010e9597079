package dev.lantern.proving.edge;

import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import org.jspecify.annotations.Nullable;

/// The edge as a client uses it, over one protocol. Each call is one attempt with a deadline of a
/// little more than the edge's own 2 s, so that the edge's refusal arrives before we give up.
public interface Edge extends AutoCloseable {
  Protocol protocol();

  /// Opens a session; the session itself comes back beside what is logged.
  Opened openSession(String assertion);

  Told grab(@Nullable String session, Grab grab);

  Told order(@Nullable String session, String orderNo);

  /// The wallet of the child of now, or of the child named.
  Told wallet(@Nullable String session, String activityId, String childId);

  /// All pages of the flows.
  Told flows(@Nullable String session, String activityId, String childId);

  Told counter(@Nullable String session, String name);

  /// A call that is broken in the way named.
  Told broken(@Nullable String session, Garbage garbage, Grab near);

  @Override
  void close();

  /// A session beside what is logged of it.
  ///
  /// @param session empty when refused
  record Opened(String session, Told told) {}

  record Grab(String activityId, String sceneId, int rainId, String requestId) {}
}
