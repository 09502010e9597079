package dev.lantern.proving.json;

import com.google.gson.JsonElement;
import java.util.Map;

/// What a service behind both answers, whatever it is asked.
sealed interface Script {
  /// The RPC's response message, in JSON.
  record Reply(JsonElement message) implements Script {}

  /// A google.rpc.Status, in JSON, and trailers of the service's own.
  record Refusal(JsonElement status, Map<String, String> trailers) implements Script {
    public Refusal {
      trailers = Map.copyOf(trailers);
    }
  }
}
