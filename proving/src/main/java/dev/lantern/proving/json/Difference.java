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
  STRICTER_JSON(
      "text that is not one JSON value and nothing after it: 400, MALFORMED_BODY",
      "the first value is taken, what follows is not looked at",
      "who sends two values means something that we do not do"),
  LAXER_JSON(
      "spellings that proto's JSON does not know are understood: the last of a member that comes"
          + " twice, text in single quotes, names without quotes",
      "400",
      "Envoy's reader cannot be told otherwise; nothing is understood in two ways"),
  TWO_VALUES(
      "a body that says of a path variable something else, by its proto name: 400",
      "the path is taken, the body passed over",
      "who writes both and not the same has a mistake to find"),
  PATH_SPELLING(
      "`//`, `/./`, `/x/../` are resolved before a path is looked up",
      "404: a path is compared as it is written",
      "limits and routes must see one path, not one of its spellings"),
  ESCAPED_SLASH(
      "`%2F` in a path: 400",
      "404, or a slash like any other",
      "behind a proxy it is read in two ways; we refuse it before anybody does"),
  EMPTY_VARIABLE(
      "an empty path variable: 404",
      "passed on as an empty field, which the service refuses",
      "nothing of ours has an empty name"),
  VERB_IN_A_NAME(
      "a name that ends with the verb of another method (`…/orders/a:grab`): 404",
      "a name like any other",
      "no name of ours has a colon");

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
              && (ours.code() == theirs.code() || theirs.code() < 0)
              && ours.headers().containsKey("allow")
              && neitherAsked(ours, theirs);
      case FORM_POST -> ours.status() == 405 && refused(ours) && theirs.heard().isPresent();
      case SESSION -> ours.status() == 401 && refused(ours) && theirs.heard().isPresent();
      case BODY_SIZE -> ours.status() == 413 && refused(ours) && theirs.heard().isPresent();
      case STRICTER_JSON -> ours.status() == 400 && refused(ours) && theirs.heard().isPresent();
      case LAXER_JSON -> ours.heard().isPresent() && theirs.status() == 400 && !asked(theirs);
      case TWO_VALUES -> ours.status() == 400 && refused(ours) && theirs.heard().isPresent();
      case PATH_SPELLING -> ours.status() != 404 && theirs.status() == 404 && !asked(theirs);
      case ESCAPED_SLASH -> ours.status() == 400 && refused(ours);
      case EMPTY_VARIABLE -> ours.status() == 404 && refused(ours) && theirs.heard().isPresent();
      case VERB_IN_A_NAME -> ours.status() == 404 && refused(ours) && theirs.heard().isPresent();
    };
  }

  private static boolean asked(Outcome outcome) {
    return outcome.heard().isPresent();
  }

  private static boolean neitherAsked(Outcome ours, Outcome theirs) {
    return refused(ours) && !asked(theirs);
  }

  /// By the edge itself, in our words.
  private static boolean refused(Outcome ours) {
    return !asked(ours) && (Comparing.isPlain(ours) || ours.body().isJsonNull());
  }
}
