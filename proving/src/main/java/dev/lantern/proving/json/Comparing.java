package dev.lantern.proving.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Optional;

/// Whether the two did the same, by the rules that docs/json.md lists and no other.
///
/// Three things are looked past: members that are null (grpc-gateway writes unset messages so, we
/// leave them out; to a reader of proto's JSON they are one); who refused a request before a
/// service was asked words it for itself, so there status and code are compared, and ours must
/// carry a reason; and headers other than the content type. What a service was asked, status, and
/// bodies that a service wrote are compared whole.
final class Comparing {
  private Comparing() {}

  /// What is not the same; empty when nothing is.
  static Optional<String> unlike(Outcome ours, Outcome theirs) {
    if (!sameHeard(ours.heard(), theirs.heard())) {
      return Optional.of("the service was asked " + said(ours) + ", theirs " + said(theirs));
    }
    if (ours.status() != theirs.status()) {
      return Optional.of("status " + ours.status() + ", theirs " + theirs.status());
    }
    if (!mediaType(ours).equals(mediaType(theirs))) {
      return Optional.of("content type " + mediaType(ours) + ", theirs " + mediaType(theirs));
    }
    if (ours.heard().isEmpty() && ours.status() >= 400) {
      return ownRefusal(ours, theirs);
    }
    return same(ours.body(), theirs.body())
        ? Optional.empty()
        : Optional.of("body " + ours.body() + ", theirs " + theirs.body());
  }

  /// What our edge does otherwise than it did; empty when nothing is.
  static Optional<String> changed(Outcome now, Outcome before) {
    if (!sameHeard(now.heard(), before.heard())) {
      return Optional.of("the service was asked " + said(now) + ", before " + said(before));
    }
    if (now.status() != before.status() || now.code() != before.code()) {
      return Optional.of(
          "status %d and code %d, before %d and %d"
              .formatted(now.status(), now.code(), before.status(), before.code()));
    }
    return Optional.empty();
  }

  /// Both refused by themselves.
  private static Optional<String> ownRefusal(Outcome ours, Outcome theirs) {
    if (ours.code() != theirs.code()) {
      return Optional.of("code " + ours.code() + ", theirs " + theirs.code());
    }
    return isPlain(ours)
        ? Optional.empty()
        : Optional.of("our refusal gives no reason: " + ours.body());
  }

  /// Law PLAIN: a refusal of ours says why, in our vocabulary.
  static boolean isPlain(Outcome ours) {
    if (!ours.body().isJsonObject()) {
      return false;
    }
    JsonElement details = ours.body().getAsJsonObject().get("details");
    if (details == null || !details.isJsonArray() || details.getAsJsonArray().isEmpty()) {
      return false;
    }
    JsonElement first = details.getAsJsonArray().get(0);
    return first.isJsonObject()
        && text(first.getAsJsonObject(), "@type").endsWith("google.rpc.ErrorInfo")
        && text(first.getAsJsonObject(), "domain").equals("lantern")
        && !text(first.getAsJsonObject(), "reason").isEmpty();
  }

  private static String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  private static boolean sameHeard(Optional<Heard> ours, Optional<Heard> theirs) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return ours.isEmpty() && theirs.isEmpty();
    }
    return ours.get().rpc().equals(theirs.get().rpc())
        && same(ours.get().message(), theirs.get().message());
  }

  private static String said(Outcome outcome) {
    return outcome.heard().map(it -> it.rpc() + " " + it.message()).orElse("nothing");
  }

  private static String mediaType(Outcome outcome) {
    String type = outcome.headers().getOrDefault("content-type", "");
    return type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
  }

  static boolean same(JsonElement one, JsonElement other) {
    return withoutNulls(one).equals(withoutNulls(other));
  }

  private static JsonElement withoutNulls(JsonElement json) {
    return switch (json) {
      case JsonObject object -> {
        var kept = new JsonObject();
        object
            .entrySet()
            .forEach(member -> {
              if (!member.getValue().isJsonNull()) {
                kept.add(member.getKey(), withoutNulls(member.getValue()));
              }
            });
        yield kept;
      }
      case JsonArray array -> {
        var kept = new JsonArray();
        array.forEach(element -> kept.add(withoutNulls(element)));
        yield kept;
      }
      case JsonPrimitive primitive ->
          primitive.isNumber() ? new JsonPrimitive(primitive.getAsDouble()) : primitive;
      case JsonNull _ -> json;
      default -> throw new IllegalStateException("no JSON: " + json);
    };
  }
}
