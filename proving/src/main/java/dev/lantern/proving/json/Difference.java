package dev.lantern.proving.json;

/// What we and grpc-gateway do not do alike, on purpose or because neither can be changed: what
/// exactly each does, and why ours may stay. docs/json.md shows this list.
///
/// A case that is marked with one must show it and nothing else; a case that is not must be the
/// same at both. One that no case shows any more is to be taken out.
enum Difference {
  METHOD_NOT_ALLOWED(
      "a path that exists, with another method: 405 and `Allow`",
      "501 without `Allow`",
      "405 is what HTTP has for it; the code in the body is UNIMPLEMENTED at both"),
  UNKNOWN_METHOD(
      "a method that HTTP does not have: 400",
      "501",
      "it ends where the request is read, before there is a path to look up"),
  FORM_POST(
      "a POST of a form to a path that is for GET: 405",
      "taken for a GET (and `X-HTTP-Method-Override` obeyed)",
      "a second way to call everything would be one more to guard"),
  SESSION(
      "no session, or none that holds: 401, no service is asked",
      "passed on; the service would have to decide",
      "who the user is, is the edge's business"),
  BODY_SIZE(
      "a body over 64 KiB: 413, TOO_LARGE",
      "passed on, whatever its size",
      "every input is bounded"),
  GRPC_CONTENT_TYPE(
      "a JSON path called as gRPC: NOT_FOUND as gRPC says it, in the headers of a 200",
      "the content type is not looked at",
      "who says gRPC is answered in gRPC"),
  STRICTER_JSON(
      "a blank body, anything after the first value, a number over what a double"
          + " holds, a member without a name: 400",
      "taken; what follows the first value is not looked at",
      "who sends two values means something that we do not do"),
  STRICTER_NUMBERS(
      "`0x1` and `1_000` in a path, `1.0` in quotes: 400",
      "numbers as Go writes them",
      "a number is written in digits"),
  LAXER_JSON(
      "understood, too: names without quotes or in single ones, a comma at the end,"
          + " control characters and unknown escapes in texts, blanks in base64, one"
          + " message where a list of them is due, nothing or a list where a message is due",
      "400",
      "Envoy's reader cannot be told otherwise; nothing is understood in two ways"),
  LAXER_QUERY(
      "a parameter twice: the last counts; without `=` or with `[]`: passed over; a"
          + " `;` belongs to the text; a message in a query: passed over",
      "400",
      "as above; what is passed over sets nothing"),
  BROKEN_ESCAPE(
      "a `%` that escapes nothing stands for itself",
      "400, in a path as plain text", "the service's own rule of the field refuses it"),
  GET_BODY(
      "the body of a GET is read as fields (the path still counts)",
      "passed over",
      "no client sends one; it sets what the same message sets over gRPC, and no path variable"),
  TWO_VALUES(
      "a body that says of a path variable something else, by its proto name: 400",
      "the path is taken, the body passed over",
      "who writes both and not the same has a mistake to find"),
  PATH_SPELLING(
      "`//`, `/./`, `/../`, escaped or not, are resolved before a path is looked up",
      "a path is compared as it is written; `..` may be a name",
      "limits and routes must see one path, not one of its spellings"),
  UNREADABLE_PATH(
      "`%2F`, `%00` or `#` in a path: 400",
      "404, or taken as it is",
      "behind a proxy they are read in two ways; they are refused before anybody does"),
  EMPTY_VARIABLE(
      "an empty path variable: 404",
      "passed on as an empty field, which the service refuses",
      "nothing of ours has an empty name"),
  VERB_IN_A_NAME(
      "a name that ends with the verb of another method (`/v1/orders/a:grab`): 404",
      "a name like any other",
      "no name of ours has a colon"),
  NO_UTF8(
      "a text that is no UTF-8 (`%ff`): 400, MALFORMED_BODY, said by the service that"
          + " cannot read it",
      "500, said by the gateway that cannot write it",
      "it is the caller's fault, and nothing broke");

  private final String ours;
  private final String theirs;
  private final String why;

  Difference(String ours, String theirs, String why) {
    this.ours = ours;
    this.theirs = theirs;
    this.why = why;
  }

  /// What we do.
  String ours() {
    return ours;
  }

  /// What grpc-gateway does.
  String theirs() {
    return theirs;
  }

  String why() {
    return why;
  }

  /// Whether it is exactly this that the two did.
  boolean isShownBy(Outcome ours, Outcome theirs) {
    return switch (this) {
      case METHOD_NOT_ALLOWED ->
          ours.status() == 405
              && theirs.status() == 501
              && ours.headers().containsKey("allow")
              && refused(ours)
              && !asked(theirs);
      case UNKNOWN_METHOD ->
          ours.status() == 400 && theirs.status() == 501 && refused(ours) && !asked(theirs);
      case FORM_POST -> ours.status() == 405 && refused(ours) && asked(theirs);
      case SESSION -> ours.status() == 401 && refused(ours) && asked(theirs);
      case BODY_SIZE -> ours.status() == 413 && refused(ours) && asked(theirs);
      case GRPC_CONTENT_TYPE ->
          ours.status() == 200 && !asked(ours) && ours.body().isJsonNull() && asked(theirs);
      case STRICTER_JSON -> ours.status() == 400 && refused(ours) && asked(theirs);
      case STRICTER_NUMBERS -> ours.status() == 400 && refused(ours) && asked(theirs);
      case LAXER_JSON -> asked(ours) && theirs.status() == 400 && !asked(theirs);
      case LAXER_QUERY -> asked(ours) && theirs.status() == 400 && !asked(theirs);
      case BROKEN_ESCAPE -> asked(ours) && theirs.status() == 400 && !asked(theirs);
      case GET_BODY -> asked(ours) && asked(theirs) && ours.status() == theirs.status();
      case TWO_VALUES -> ours.status() == 400 && refused(ours) && asked(theirs);
      case PATH_SPELLING ->
          (asked(ours) && theirs.status() == 404)
              || (ours.status() == 404 && refused(ours) && asked(theirs));
      case UNREADABLE_PATH ->
          ours.status() == 400 && refused(ours) && (asked(theirs) || theirs.status() == 404);
      case EMPTY_VARIABLE -> ours.status() == 404 && refused(ours) && asked(theirs);
      case VERB_IN_A_NAME -> ours.status() == 404 && refused(ours) && asked(theirs);
      case NO_UTF8 ->
          ours.status() == 400 && refused(ours) && theirs.status() == 500 && !asked(theirs);
    };
  }

  private static boolean asked(Outcome outcome) {
    return outcome.heard().isPresent();
  }

  /// By the edge itself, in our words; a HEAD is answered without any.
  private static boolean refused(Outcome ours) {
    return !asked(ours) && (Comparing.isPlain(ours) || ours.body().isJsonNull());
  }
}
