package dev.lantern.proving.edge;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.DebugInfo;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.LocalizedMessage;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RequestInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.identity.v1.CreateSessionResponse;
import dev.lantern.order.v1.GetOrderResponse;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.wallet.v1.GetWalletResponse;
import dev.lantern.wallet.v1.ListFlowsResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The edge over HTTP/1.1 and JSON.
public final class JsonEdge implements Edge {
  private static final Duration DEADLINE = Duration.ofMillis(GrpcEdge.DEADLINE_MS);
  private static final int MAX_PAGES = 20;
  private static final JsonFormat.Parser ANSWER = JsonFormat.parser().ignoringUnknownFields();
  private static final JsonFormat.Parser STATUS =
      JsonFormat.parser()
          .ignoringUnknownFields()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorInfo.getDescriptor())
                  .add(RetryInfo.getDescriptor())
                  .add(BadRequest.getDescriptor())
                  .add(DebugInfo.getDescriptor())
                  .add(QuotaFailure.getDescriptor())
                  .add(PreconditionFailure.getDescriptor())
                  .add(RequestInfo.getDescriptor())
                  .add(ResourceInfo.getDescriptor())
                  .add(Help.getDescriptor())
                  .add(LocalizedMessage.getDescriptor())
                  .build());

  private final HttpClient http;
  private final String root;

  private JsonEdge(HttpClient http, String root) {
    this.http = http;
    this.root = root;
  }

  public static JsonEdge connect(String host, int port) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    return new JsonEdge(http, "http://" + host + ":" + port);
  }

  @Override
  public Protocol protocol() {
    return Protocol.JSON;
  }

  @Override
  public Opened openSession(String assertion) {
    var session = new StringBuilder();
    Told told =
        send(
            post("/v1/sessions", null, "{\"assertion\":\"" + assertion + "\"}"),
            body -> {
              String text = parse(body, CreateSessionResponse.newBuilder()).getSession();
              session.append(text);
              return new Told.SessionOpened(SessionClaims.read(text).lane());
            });
    return new Opened(session.toString(), told);
  }

  @Override
  public Told grab(@Nullable String session, Grab grab) {
    return send(
        post(path(grab), session, "{\"requestId\":\"" + grab.requestId() + "\"}"),
        body -> Answers.accepted(parse(body, GrabResponse.newBuilder()).build()));
  }

  @Override
  public Told order(@Nullable String session, String orderNo) {
    return send(
        get("/v1/orders/" + escape(orderNo), session),
        body -> Answers.order(parse(body, GetOrderResponse.newBuilder()).getOrder()));
  }

  @Override
  public Told wallet(@Nullable String session, String activityId, String childId) {
    return send(
        get("/v1/activities/" + activityId + "/wallet" + child(childId), session),
        body -> Answers.wallet(parse(body, GetWalletResponse.newBuilder()).getWallet()));
  }

  @Override
  public Told flows(@Nullable String session, String activityId, String childId) {
    var lines = new ArrayList<Told.FlowLine>();
    var degraded = new ArrayList<String>();
    String token = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      var next = new StringBuilder();
      String path =
          "/v1/activities/" + activityId + "/wallet/flows?childActivityId=" + escape(childId);
      Told told =
          send(
              get(token.isEmpty() ? path : path + "&pageToken=" + escape(token), session),
              body -> {
                ListFlowsResponse answer = parse(body, ListFlowsResponse.newBuilder()).build();
                answer.getFlowsList().stream().map(Answers::flow).forEach(lines::add);
                degraded.addAll(answer.getDegradedSourcesList());
                next.append(answer.getNextPageToken());
                return new Told.FlowsShown(List.copyOf(lines), List.copyOf(degraded));
              });
      token = next.toString();
      if (token.isEmpty()) {
        return told;
      }
    }
    return new Told.FlowsShown(List.copyOf(lines), List.copyOf(degraded));
  }

  @Override
  public Told counter(@Nullable String session, String name) {
    return send(
        get("/v1/counters/" + escape(name), session),
        body -> Answers.counter(name, parse(body, GetResponse.newBuilder()).build()));
  }

  @Override
  public Told broken(@Nullable String session, Garbage garbage, Grab near) {
    return send(
        BrokenJson.request(this, session, garbage, near),
        body -> Answers.accepted(parse(body, GrabResponse.newBuilder()).build()));
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  static String path(Grab grab) {
    return "/v1/activities/%s/scenes/%s/rounds/%d:grab"
        .formatted(grab.activityId(), grab.sceneId(), grab.rainId());
  }

  HttpRequest get(String path, @Nullable String session) {
    return request(path, session).GET().build();
  }

  HttpRequest post(String path, @Nullable String session, String body) {
    return request(path, session)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path, @Nullable String session) {
    var request = HttpRequest.newBuilder(URI.create(root + path)).timeout(DEADLINE);
    return session == null ? request : request.header("authorization", "Bearer " + session);
  }

  private static String child(String childId) {
    return childId.isEmpty() ? "" : "?childActivityId=" + escape(childId);
  }

  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Told send(HttpRequest request, Function<String, Told> good) {
    HttpResponse<String> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return new Told.Lost(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Told.Lost("interrupted");
    }
    if (answer.statusCode() != 200) {
      return refused(answer);
    }
    try {
      return good.apply(answer.body());
    } catch (IllegalStateException e) {
      // Law PLAIN sees an answer that is neither a message nor a refusal.
      return Refusals.bare("UNREADABLE", 200, null, null);
    }
  }

  private static Told refused(HttpResponse<String> answer) {
    @Nullable Long pushback =
        Refusals.number(answer.headers().firstValue("grpc-retry-pushback-ms").orElse(null));
    @Nullable Long retryAfter =
        Refusals.number(answer.headers().firstValue("retry-after").orElse(null));
    try {
      var status = Status.newBuilder();
      STATUS.merge(answer.body(), status);
      if (status.getCode() != 0) {
        return Refusals.read(status.build(), answer.statusCode(), pushback, retryAfter);
      }
    } catch (InvalidProtocolBufferException e) {
      // No Status at all: law PLAIN sees a refusal without reason, layer or rule.
    }
    return Refusals.bare("HTTP_" + answer.statusCode(), answer.statusCode(), pushback, retryAfter);
  }

  private static <B extends Message.Builder> B parse(String body, B builder) {
    try {
      ANSWER.merge(body, builder);
      return builder;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a 200 that is not JSON of its message: " + body, e);
    }
  }
}
