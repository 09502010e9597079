package dev.lantern.cli.stack.supervise;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonSyntaxException;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.cli.stack.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the supervisor last wrote to `state.json`: for everybody who wants to know what runs
/// without asking it.
///
/// @param plan which parts it consists of, by the name of the plan
/// @param controlPort where the supervisor takes commands
public record StackState(
    ProcessIdentity supervisor,
    String plan,
    int basePort,
    int controlPort,
    List<PartStatus> parts) {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  public StackState {
    parts = List.copyOf(parts);
  }

  /// The state of the stack that runs at this home; empty if none does.
  public static Optional<StackState> running(Home home) {
    return read(home).filter(state -> state.supervisor().alive());
  }

  /// What was last written, whether it still runs or not.
  public static Optional<StackState> read(Home home) {
    try {
      return Files.exists(file(home))
          ? Optional.ofNullable(GSON.fromJson(Files.readString(file(home)), StackState.class))
          : Optional.empty();
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file(home), e);
    }
  }

  public Optional<PartStatus> part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst();
  }

  public boolean allReady() {
    return parts.stream().allMatch(part -> part.phase() == Phase.READY);
  }

  void write(Home home) {
    try {
      PrivateFiles.write(file(home), GSON.toJson(this) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file(home), e);
    }
  }

  static Path file(Home home) {
    return home.run().resolve("state.json");
  }
}
