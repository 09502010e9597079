package dev.lantern.proving.json;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays the corpus: to our edge beside what is recorded of grpc-gateway, or to both.
public final class Corpus {
  private final JsonPlace.Machine machine;
  private final Path folder;

  /// @param folder for certificates, logs and the two's configuration
  public Corpus(JsonPlace.Machine machine, Path folder) {
    this.machine = machine;
    this.folder = folder;
  }

  /// Our edge beside the recording. Needs Envoy, no Go.
  public CorpusReport beside() throws IOException, InterruptedException {
    Recording recording = Recording.load();
    try (var place = JsonPlace.open(machine, folder, Map.of())) {
      var player = new Player(place.services(), place.session());
      var played = new ArrayList<Played>();
      for (Recording.Line line : recording.lines()) {
        Outcome ours = player.play(line.one(), place.edge().port());
        played.add(new Played(line.one(), ours, line.theirs(), line.ours()));
      }
      return CorpusReport.of(played);
    }
  }

  /// Both anew, from the contracts as they are; what was played is left in the folder as
  /// `played.jsonl`. Needs Go.
  ///
  /// @param record whether what the gateway did becomes the recording
  public CorpusReport both(boolean record) throws IOException, InterruptedException {
    Path binary = machine.gateway();
    Map<Case, Outcome> recorded = record ? Map.of() : Recording.load().ours();
    try (var place = JsonPlace.open(machine, folder, Map.of());
        var gateway = place.gateway(binary)) {
      var player = new Player(place.services(), place.session());
      var played = new ArrayList<Played>();
      for (Case one : CorpusMaker.cases()) {
        Outcome theirs = player.play(one, gateway.port());
        Outcome ours = player.play(one, place.edge().port());
        played.add(new Played(one, ours, theirs, Optional.ofNullable(recorded.get(one))));
      }
      Files.writeString(folder.resolve("played.jsonl"), text(played));
      if (record) {
        new Recording(played.stream().map(Recording.Line::of).toList()).write(machine.checkout());
      }
      return CorpusReport.of(played);
    }
  }

  private static String text(List<Played> played) {
    var text = new StringBuilder();
    for (Played one : played) {
      var line = new JsonObject();
      line.addProperty("name", one.one().name());
      line.add("ours", Recording.outcome(one.ours()));
      line.add("theirs", Recording.outcome(one.theirs()));
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
