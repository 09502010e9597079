package dev.lantern.proving.clientlog;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes and reads one [ClientEntry] as one line of JSON.
public final class ClientLine {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .disableHtmlEscaping()
          .create();
  private static final Map<String, Class<? extends Told>> KINDS =
      Stream.<Class<? extends Told>>of(
              Told.Accepted.class,
              Told.Refused.class,
              Told.Lost.class,
              Told.SessionOpened.class,
              Told.WalletShown.class,
              Told.FlowsShown.class,
              Told.OrderShown.class,
              Told.CounterShown.class)
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  private ClientLine() {}

  /// One line, without its end.
  public static String write(ClientEntry entry) {
    var line = new JsonObject();
    line.addProperty("user", entry.user());
    line.addProperty("act_id", entry.actId());
    line.addProperty("protocol", entry.protocol().name());
    line.addProperty("call", entry.call().name());
    line.addProperty("intent", entry.intent().name());
    line.addProperty("sent_ns", entry.sentNs());
    line.addProperty("end_ns", entry.endNs());
    line.addProperty("scene_id", entry.sceneId());
    line.addProperty("rain_id", entry.rainId());
    line.addProperty("subject", entry.subject());
    line.addProperty("told", entry.told().getClass().getSimpleName());
    line.add("answer", GSON.toJsonTree(entry.told()));
    return GSON.toJson(line);
  }

  /// Throws IllegalArgumentException for a line that is not one of ours: a log that cannot be read
  /// is no evidence.
  public static ClientEntry read(String text) {
    try {
      JsonObject line = JsonParser.parseString(text).getAsJsonObject();
      return new ClientEntry(
          line.get("user").getAsInt(),
          line.get("act_id").getAsLong(),
          Protocol.valueOf(line.get("protocol").getAsString()),
          Call.valueOf(line.get("call").getAsString()),
          Intent.valueOf(line.get("intent").getAsString()),
          line.get("sent_ns").getAsLong(),
          line.get("end_ns").getAsLong(),
          line.get("scene_id").getAsString(),
          line.get("rain_id").getAsInt(),
          line.get("subject").getAsString(),
          told(line.get("told").getAsString(), line.get("answer")));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a line of a client log: " + text, e);
    }
  }

  private static Told told(String kind, JsonElement answer) {
    Class<? extends Told> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("unknown kind of answer: " + kind);
    }
    return GSON.fromJson(answer, type);
  }
}
