package dev.lantern.proving.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sends a case to one of the two, the service behind it scripted, and tells what came of it.
final class Player {
  private final ScriptedServices services;
  private final String session;

  Player(ScriptedServices services, String session) {
    this.services = services;
    this.session = session;
  }

  Outcome play(Case one, int port) {
    services.play(one.script());
    Asked asked = one.asked();
    Map<String, String> headers = new LinkedHashMap<>();
    asked
        .headers()
        .forEach((name, value) -> headers.put(name, value.replace(Asked.SESSION, session)));
    byte[] body = asked.body().getBytes(StandardCharsets.UTF_8);
    try {
      RawHttp.Answer answer = RawHttp.call(port, asked.method(), asked.path(), headers, body);
      return Outcome.of(answer, services.heard());
    } catch (IOException e) {
      return Outcome.none(e.toString(), services.heard());
    }
  }
}
