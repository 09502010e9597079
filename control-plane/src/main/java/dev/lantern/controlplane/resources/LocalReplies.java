package dev.lantern.controlplane.resources;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ComparisonFilter;
import io.envoyproxy.envoy.config.accesslog.v3.HeaderFilter;
import io.envoyproxy.envoy.config.accesslog.v3.OrFilter;
import io.envoyproxy.envoy.config.accesslog.v3.StatusCodeFilter;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.RuntimeUInt32;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gives every answer that Envoy makes up itself the shape of google.rpc.Status, over gRPC and
/// JSON.
///
/// Two mappers a status. A caller speaks gRPC when its content type says so and the transcoder has
/// not been at work (it leaves `x-envoy-original-path`, which is stripped from clients early).
/// `treat_missing_header_as_empty` is what catches a GET without a content type. Defaults are
/// ADD_IF_ABSENT: a rule's headers are there already and win.
final class LocalReplies {
  private static final String TYPE = "type.googleapis.com/google.rpc.";

  private LocalReplies() {}

  static LocalReplyConfig config() {
    var config = LocalReplyConfig.newBuilder();
    BuiltInRefusals.byStatus()
        .forEach((status, refusal) ->
            config.addMappers(grpc(status, refusal)).addMappers(json(status, refusal)));
    return config.build();
  }

  /// The same for the edge, which also speaks gRPC-Web.
  ///
  /// To Envoy a gRPC-Web call is no gRPC call, and what has a body and is not 200 its filter tells
  /// by a code of its own (a 429 as UNAVAILABLE). An answer of headers alone that has a
  /// `grpc-status` it leaves as it is; to a gRPC call nothing changes.
  static LocalReplyConfig edge() {
    var config = LocalReplyConfig.newBuilder();
    BuiltInRefusals.byStatus()
        .forEach((status, refusal) ->
            config.addMappers(headersAlone(status, refusal)).addMappers(json(status, refusal)));
    return config.build();
  }

  private static ResponseMapper headersAlone(int status, Refusal refusal) {
    return ResponseMapper.newBuilder()
        .setFilter(both(status(status), both(isGrpc(), not(TRANSCODED))))
        .setStatusCode(UInt32Value.of(200))
        .addAllHeadersToAdd(refusal.edgeHeaders(HeaderAppendAction.ADD_IF_ABSENT))
        .setBodyFormatOverride(
            SubstitutionFormatString.newBuilder()
                .setTextFormatSource(DataSource.newBuilder().setInlineString("")))
        .build();
  }

  private static ResponseMapper grpc(int status, Refusal refusal) {
    var mapper =
        ResponseMapper.newBuilder()
            .setFilter(both(status(status), both(isGrpc(), not(TRANSCODED))))
            .addAllHeadersToAdd(refusal.headers(HeaderAppendAction.ADD_IF_ABSENT))
            .setBodyFormatOverride(
                SubstitutionFormatString.newBuilder()
                    .setTextFormatSource(
                        DataSource.newBuilder().setInlineString("%RESP(x-lantern-message)%")));
    return mapper.build();
  }

  private static ResponseMapper json(int status, Refusal refusal) {
    var mapper =
        ResponseMapper.newBuilder()
            .setFilter(both(status(status), either(not(GRPC), filter(TRANSCODED))))
            .addAllHeadersToAdd(refusal.words(HeaderAppendAction.ADD_IF_ABSENT));
    refusal
        .retryAfter()
        .ifPresent(wait ->
            mapper.addHeadersToAdd(
                Packed.header(
                    "retry-after",
                    Long.toString(Refusal.seconds(wait)),
                    HeaderAppendAction.ADD_IF_ABSENT)));
    if (status != refusal.httpStatus()) {
      mapper.setStatusCode(UInt32Value.of(refusal.httpStatus()));
    }
    return mapper
        .setBodyFormatOverride(
            SubstitutionFormatString.newBuilder()
                .setContentType("application/json")
                .setJsonFormat(body(refusal)))
        .build();
  }

  private static Struct body(Refusal refusal) {
    // A transcoder's complaint says what it could not read; it is the caller's own text. What Envoy
    // cannot read (a path with an escaped slash) it says nothing of.
    String message =
        refusal.httpStatus() == 400
            ? "%RESP(x-lantern-message)%: %LOCAL_REPLY_BODY%"
            : "%RESP(x-lantern-message)%";
    var metadata = new LinkedHashMap<String, Value>();
    metadata.put("layer", text("%RESP(x-lantern-layer)%"));
    metadata.put("rule", text("%RESP(x-lantern-rule)%"));
    metadata.put("revision", text("%RESP(x-lantern-revision)%"));
    metadata.put("jitter_ms", text("%RESP(x-lantern-jitter-ms)%"));
    var info = new LinkedHashMap<String, Value>();
    info.put("@type", text(TYPE + "ErrorInfo"));
    info.put("reason", text("%RESP(x-lantern-reason)%"));
    info.put("domain", text("lantern"));
    info.put("metadata", struct(metadata));
    var details = ListValue.newBuilder().addValues(struct(info));
    if (refusal.retryAfter().isPresent()) {
      var retry = new LinkedHashMap<String, Value>();
      retry.put("@type", text(TYPE + "RetryInfo"));
      retry.put("retryDelay", text("%RESP(retry-after)%s"));
      details.addValues(struct(retry));
    }
    return Struct.newBuilder()
        .putFields("code", Value.newBuilder().setNumberValue(refusal.code().getNumber()).build())
        .putFields("message", text(message))
        .putFields("details", Value.newBuilder().setListValue(details).build())
        .build();
  }

  private static final HeaderMatcher GRPC =
      HeaderMatcher.newBuilder()
          .setName("content-type")
          .setStringMatch(StringMatcher.newBuilder().setPrefix("application/grpc"))
          .build();

  private static final HeaderMatcher TRANSCODED =
      HeaderMatcher.newBuilder().setName("x-envoy-original-path").setPresentMatch(true).build();

  private static AccessLogFilter isGrpc() {
    return filter(GRPC);
  }

  private static AccessLogFilter not(HeaderMatcher matcher) {
    var inverted = matcher.toBuilder().setInvertMatch(true);
    if (matcher.hasStringMatch()) {
      inverted.setTreatMissingHeaderAsEmpty(true);
    }
    return filter(inverted.build());
  }

  private static AccessLogFilter filter(HeaderMatcher matcher) {
    return AccessLogFilter.newBuilder()
        .setHeaderFilter(HeaderFilter.newBuilder().setHeader(matcher))
        .build();
  }

  private static AccessLogFilter status(int status) {
    return AccessLogFilter.newBuilder()
        .setStatusCodeFilter(
            StatusCodeFilter.newBuilder()
                .setComparison(
                    ComparisonFilter.newBuilder()
                        .setOp(ComparisonFilter.Op.EQ)
                        .setValue(
                            RuntimeUInt32.newBuilder()
                                .setDefaultValue(status)
                                .setRuntimeKey("local_reply.status." + status))))
        .build();
  }

  private static AccessLogFilter both(AccessLogFilter one, AccessLogFilter other) {
    return AccessLogFilter.newBuilder()
        .setAndFilter(AndFilter.newBuilder().addFilters(one).addFilters(other))
        .build();
  }

  private static AccessLogFilter either(AccessLogFilter one, AccessLogFilter other) {
    return AccessLogFilter.newBuilder()
        .setOrFilter(OrFilter.newBuilder().addFilters(one).addFilters(other))
        .build();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  private static Value struct(Map<String, Value> fields) {
    return Value.newBuilder().setStructValue(Struct.newBuilder().putAllFields(fields)).build();
  }
}
