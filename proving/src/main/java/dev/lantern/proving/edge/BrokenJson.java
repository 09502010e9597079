package dev.lantern.proving.edge;

import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/// Broken calls over JSON.
final class BrokenJson {
  private static final int HUGE_CHARS = 100 * 1024;

  private BrokenJson() {}

  static HttpRequest request(
      JsonEdge edge, @Nullable String session, Garbage garbage, Edge.Grab near) {
    return switch (garbage) {
      case TRUNCATED_BODY -> edge.post(JsonEdge.path(near), session, "{\"requestId\":\"a");
      case NOISE_BODY -> edge.post(JsonEdge.path(near), session, "\u0001\u0002[}{");
      case HUGE_BODY ->
          edge.post(
              JsonEdge.path(near), session, "{\"requestId\":\"" + "x".repeat(HUGE_CHARS) + "\"}");
      case UNDERSCORE_SCENE -> edge.post(path(near, "no_such", 1), session, "{}");
      case CONTROL_SCENE -> edge.post(path(near, "a%01b", 1), session, "{}");
      case LONG_SCENE -> edge.post(path(near, "x".repeat(33), 1), session, "{}");
      case NEGATIVE_ROUND -> edge.post(path(near, near.sceneId(), -1), session, "{}");
      case ZERO_ROUND -> edge.post(path(near, near.sceneId(), 0), session, "{}");
      case BAD_REQUEST_ID ->
          edge.post(JsonEdge.path(near), session, "{\"requestId\":\"with space\"}");
      case BAD_ORDER_NO -> edge.get("/v1/orders/not-an-order", session);
      case UNKNOWN_PATH ->
          edge.post("/v1/activities/" + near.activityId() + ":shake", session, "{}");
      case INTERNAL_METHOD ->
          edge.post("/lantern.order.v1.OrderService/IssueReward", session, "{}");
    };
  }

  private static String path(Edge.Grab near, String sceneId, int rainId) {
    return "/v1/activities/%s/scenes/%s/rounds/%d:grab"
        .formatted(near.activityId(), sceneId, rainId);
  }
}
