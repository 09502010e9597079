package dev.lantern.controlplane.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.lantern.controlplane.envoy.Caller;
import dev.lantern.controlplane.envoy.Caller.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mesh fact 12: what Envoy's transcoder does by itself, what it must be told, and what it loses.
@Tag("mesh")
final class TranscodingFactTest {
  /// As we have it; without the error details; told nothing; told to reject unknown methods.
  private static final int OURS = 0;

  private static final int NO_DETAILS = 1;
  private static final int BARE = 2;
  private static final int REJECTING = 3;

  private static final String UP = "{match: {prefix: /}, route: {cluster: up}}";
  private static final String DIRECT =
      "{match: {path: /page}, direct_response: {status: 200, body: {inline_string: page}}}";

  @TempDir static Path dir;
  private static EchoService service;
  private static BareEnvoy envoy;

  @BeforeAll
  static void start() throws Exception {
    service = EchoService.start();
    String ours =
        "convert_grpc_status: true, print_options: {always_print_primitive_fields: true},"
            + " ignore_unknown_query_parameters: true";
    envoy =
        BareEnvoy.start(
            dir,
            service.port(),
            new BareEnvoy.Listening(List.of(transcoder(true, ours)), List.of(DIRECT, UP)),
            new BareEnvoy.Listening(List.of(transcoder(false, ours)), List.of(UP)),
            new BareEnvoy.Listening(List.of(transcoder(true, "")), List.of(DIRECT, UP)),
            new BareEnvoy.Listening(
                List.of(
                    transcoder(
                        true,
                        ours + ", request_validation_options: {reject_unknown_method: true}")),
                List.of(DIRECT, UP)));
  }

  @AfterAll
  static void stop() {
    envoy.close();
    service.close();
  }

  private static String transcoder(boolean details, String told) {
    return "{name: envoy.filters.http.grpc_json_transcoder, typed_config: {\"@type\":"
        + " type.googleapis.com/envoy.extensions.filters.http.grpc_json_transcoder.v3"
        + ".GrpcJsonTranscoder, proto_descriptor_bin: \""
        + EchoContract.descriptors(details)
        + "\", services: ["
        + EchoContract.SERVICE
        + "]"
        + (told.isEmpty() ? "" : ", " + told)
        + "}}";
  }

  private static Answer get(int listener, String path) {
    return call(listener, "GET", path);
  }

  private static Answer call(int listener, String method, String path) {
    try (var caller = new Caller(envoy.port(listener))) {
      return caller.json(method, path, "", Map.of());
    }
  }

  @Test
  void errors_haveABody_onlyWhereTheirDetailsAreKnown() {
    Answer known = get(OURS, "/say?word=no");
    assertThat(known.status()).isEqualTo(429);
    assertThat(known.body().getAsJsonArray("details")).hasSize(1);
    assertThat(known.body().get("code").getAsInt()).isEqualTo(8);
    Answer unknown = get(NO_DETAILS, "/say?word=no");
    assertThat(unknown.status()).isEqualTo(429);
    assertThat(unknown.raw().body()).isEmpty();
  }

  @Test
  void trailers_ofASuccessAreLost_ofARefusalKept() {
    assertThat(get(OURS, "/say?word=yes").header("retry-after")).isEmpty();
    assertThat(get(OURS, "/say?word=no").header("retry-after")).contains("7");
  }

  @Test
  void stream_losesAnErrorThatComesLate() {
    Answer counted = get(OURS, "/count?word=x");
    assertThat(counted.status()).isEqualTo(200);
    assertThat(JsonParser.parseString(counted.raw().body()).getAsJsonArray()).hasSize(2);
    assertThat(counted.raw().body()).doesNotContain("code");
  }

  @Test
  void emptyFields_areLeftOut_unlessAskedFor() {
    assertThat(get(OURS, "/say?word=x").body().get("number").getAsString()).isEqualTo("0");
    assertThat(get(BARE, "/say?word=x").body().has("number")).isFalse();
  }

  @Test
  void unknownParameter_sendsTheRequestOnAsItIs_unlessIgnored() {
    assertThat(get(OURS, "/say?word=x&nope=1").status()).isEqualTo(200);
    assertThat(get(BARE, "/say?word=x&nope=1").status()).isNotEqualTo(200);
  }

  @Test
  void rejectingUnknownMethods_makesAWrongMethodUnknown_andSwallowsDirectAnswers() {
    assertThat(call(REJECTING, "DELETE", "/say").status()).isEqualTo(404);
    assertThat(get(REJECTING, "/page").status()).isEqualTo(404);
    assertThat(get(OURS, "/page").status()).isEqualTo(200);
  }
}
