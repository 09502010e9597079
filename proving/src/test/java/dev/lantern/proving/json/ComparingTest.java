package dev.lantern.proving.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ComparingTest {
  private static final String PLAIN =
      "{\"code\":3,\"message\":\"m\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
          + "\"reason\":\"MALFORMED_BODY\",\"domain\":\"lantern\"}]}";
  private static final Heard HEARD = new Heard("a.B/C", JsonParser.parseString("{\"x\":1}"));

  @Test
  void answers_thatDifferByNullsAndSpelling_areTheSame() {
    assertThat(
            Comparing.unlike(
                answer("{\"a\":1.0,\"b\":[{\"c\":\"x\"}]}"),
                answer("{\"b\":[{\"c\":\"x\",\"d\":null}],\"a\":1,\"e\":null}")))
        .isEmpty();
  }

  @Test
  void answers_thatDifferInAnyValue_areNot() {
    String full = "{\"a\":1,\"b\":[true],\"c\":\"5\"}";
    for (String other :
        new String[] {
          "{\"a\":2,\"b\":[true],\"c\":\"5\"}",
          "{\"a\":1,\"b\":[],\"c\":\"5\"}",
          "{\"a\":1,\"b\":[true,true],\"c\":\"5\"}",
          "{\"a\":1,\"b\":[true],\"c\":5}",
          "{\"a\":1,\"b\":[true]}",
          "{\"a\":1,\"b\":[true],\"c\":\"5\",\"d\":0}",
          "[]"
        }) {
      assertThat(Comparing.unlike(answer(full), answer(other))).as(other).isPresent();
    }
  }

  @Test
  void whatTheServiceWasAsked_counts() {
    var other = new Heard("a.B/C", JsonParser.parseString("{\"x\":2}"));
    var elsewhere = new Heard("a.B/D", JsonParser.parseString("{\"x\":1}"));
    assertThat(Comparing.unlike(heard(HEARD), heard(other))).isPresent();
    assertThat(Comparing.unlike(heard(HEARD), heard(elsewhere))).isPresent();
    assertThat(Comparing.unlike(outcome(200, "{}", Optional.empty()), heard(HEARD))).isPresent();
    assertThat(Comparing.unlike(heard(HEARD), heard(HEARD))).isEmpty();
  }

  @Test
  void ownRefusals_agreeByStatusAndCode_andOursGivesAReason() {
    Outcome theirs = refusal(400, "{\"code\":3,\"message\":\"other\",\"details\":[]}");
    assertThat(Comparing.unlike(refusal(400, PLAIN), theirs)).isEmpty();
    assertThat(Comparing.unlike(refusal(404, PLAIN), theirs)).isPresent();
    assertThat(Comparing.unlike(refusal(400, PLAIN.replace(":3", ":5")), theirs)).isPresent();
    assertThat(Comparing.unlike(theirs, theirs)).isPresent();
    assertThat(Comparing.unlike(refusal(400, PLAIN.replace("MALFORMED_BODY", "")), theirs))
        .isPresent();
  }

  @Test
  void refusal_ofAService_isComparedWhole() {
    Outcome ours = outcome(400, PLAIN, Optional.of(HEARD));
    assertThat(Comparing.unlike(ours, ours)).isEmpty();
    assertThat(
            Comparing.unlike(
                ours, outcome(400, PLAIN.replace("\"m\"", "\"n\""), Optional.of(HEARD))))
        .isPresent();
  }

  @Test
  void contentType_isComparedWithoutItsParameters() {
    var json = new Outcome(200, Map.of("content-type", "application/json"), body(), heard());
    var same =
        new Outcome(
            200, Map.of("content-type", "Application/JSON; charset=utf-8"), body(), heard());
    var text = new Outcome(200, Map.of("content-type", "text/plain"), body(), heard());
    assertThat(Comparing.unlike(json, same)).isEmpty();
    assertThat(Comparing.unlike(json, text)).isPresent();
  }

  @Test
  void markedCase_mustShowItsDifference_andNoOther() {
    Asked asked = new Asked("GET", "/", Map.of(), "");
    var script = new Script.Reply(body());
    var one = new Case("n", asked, script).differing(Difference.BODY_SIZE);
    String tooLarge = PLAIN.replace(":3", ":8").replace("MALFORMED_BODY", "TOO_LARGE");
    Outcome refused = refusal(413, tooLarge);
    assertThat(Verdict.of(new Played(one, refused, heard(HEARD), Optional.empty())))
        .isEqualTo(new Verdict.Known(Difference.BODY_SIZE));
    assertThat(Verdict.of(new Played(one, heard(HEARD), heard(HEARD), Optional.empty())))
        .isInstanceOf(Verdict.Wrong.class);
    assertThat(Verdict.of(new Played(one, refusal(400, PLAIN), heard(HEARD), Optional.empty())))
        .isInstanceOf(Verdict.Wrong.class);
    assertThat(Verdict.of(new Played(one, refused, heard(HEARD), Optional.of(refused))))
        .isEqualTo(new Verdict.Known(Difference.BODY_SIZE));
    Outcome before = refusal(413, tooLarge.replace(":8", ":9"));
    assertThat(Verdict.of(new Played(one, refused, heard(HEARD), Optional.of(before))))
        .isInstanceOf(Verdict.Wrong.class);
    var unmarked = new Case("n", asked, script);
    assertThat(Verdict.of(new Played(unmarked, refused, heard(HEARD), Optional.empty())))
        .isInstanceOf(Verdict.Wrong.class);
  }

  private static com.google.gson.JsonElement body() {
    return JsonParser.parseString("{}");
  }

  private static Optional<Heard> heard() {
    return Optional.of(HEARD);
  }

  private static Outcome heard(Heard heard) {
    return outcome(200, "{}", Optional.of(heard));
  }

  private static Outcome answer(String body) {
    return outcome(200, body, Optional.of(HEARD));
  }

  private static Outcome refusal(int status, String body) {
    return outcome(status, body, Optional.empty());
  }

  private static Outcome outcome(int status, String body, Optional<Heard> heard) {
    return new Outcome(
        status, Map.of("content-type", "application/json"), JsonParser.parseString(body), heard);
  }
}
