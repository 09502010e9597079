package dev.lantern.proving.laws;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.GsonBuilder;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.ClientLine;
import dev.lantern.proving.clientlog.ClientLog;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.StackAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tries the law checks themselves: plants violations in the newest drained run and sees that each
/// is reported.
///
/// What is planted in the ledger is planted within one transaction on a root connection, judged
/// through that same connection, and rolled back: nobody else ever sees it, and if this process
/// dies the server undoes it. What is planted in the logs is planted in a copy under the system's
/// temporary folder.
public final class SelfTest {
  private final StackAccess stack;

  public SelfTest(StackAccess stack) {
    this.stack = stack;
  }

  /// One planted violation.
  ///
  /// @param reported whether the check named the planted violation by one of its kinds
  public record Trial(Law law, String planted, boolean reported, String seen) {}

  /// All trials.
  ///
  /// @param sound findings before anything was planted; empty when all laws held
  public record Outcome(String runId, List<Finding> sound, List<Trial> trials) {
    /// Whether all laws held before, and every planted violation was reported.
    public boolean good() {
      return sound.isEmpty() && !trials.isEmpty() && trials.stream().allMatch(Trial::reported);
    }

    public String json() {
      return new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create()
          .toJson(this);
    }
  }

  /// The newest drained run of this ledger; without one there is nothing to plant in.
  public Optional<Path> newestRun() {
    String birth = new Auditor(stack).ledgerBirth();
    return RunRecord.runs(stack.home()).stream()
        .filter(folder -> RunRecord.read(folder).drained())
        .filter(folder -> RunRecord.read(folder).ledgerBirth().equals(birth))
        .max(Comparator.comparing(folder -> RunRecord.read(folder).startedAt()));
  }

  public Outcome run(Path folder) {
    RunRecord run = RunRecord.read(folder);
    List<ClientEntry> log = ClientLog.read(folder);
    Facts sound =
        new Auditor(stack)
            .inSnapshot(connection ->
                Reconcile.facts(connection, run.activityId(), Optional.of(run), log, true));
    LawReport before = Laws.check(sound);
    var trials = new ArrayList<Trial>();
    for (Plant plant : plants(sound)) {
      Facts planted =
          switch (plant) {
            case Plant.InLedger inLedger -> plant(inLedger, run, log);
            case Plant.InLog inLog -> plant(inLog, folder, sound);
          };
      trials.add(judge(plant, before, Laws.check(planted)));
    }
    return new Outcome(run.runId(), before.findings(), List.copyOf(trials));
  }

  private static List<Plant> plants(Facts sound) {
    var plants = new ArrayList<>(LedgerPlants.of(sound));
    plants.addAll(LogPlants.all());
    Set<Law> covered = plants.stream().map(Plant::law).collect(Collectors.toSet());
    if (covered.size() != Law.values().length) {
      throw new IllegalStateException("a law has no planted violation: only " + covered);
    }
    return plants;
  }

  /// A finding that was there before does not count.
  private static Trial judge(Plant plant, LawReport before, LawReport after) {
    Set<Finding> fresh = new HashSet<>(after.findings());
    fresh.removeAll(before.findings());
    Optional<Finding> seen =
        fresh.stream()
            .filter(f -> f.law() == plant.law() && plant.kinds().contains(f.kind()))
            .findFirst();
    boolean verdict = Boolean.FALSE.equals(after.laws().get(plant.law()));
    return new Trial(
        plant.law(),
        plant.name(),
        seen.isPresent() && verdict,
        seen.map(f -> f.kind() + ": " + f.detail()).orElse("nothing"));
  }

  private Facts plant(Plant.InLedger plant, RunRecord run, List<ClientEntry> log) {
    try (Connection connection = stack.connect("root");
        Statement statement = connection.createStatement()) {
      statement.execute("set session innodb_lock_wait_timeout = 5");
      statement.execute("set session transaction isolation level repeatable read");
      connection.setAutoCommit(false);
      try {
        for (Plant.Statement one : plant.statements()) {
          execute(connection, one, plant.name());
        }
        return Reconcile.facts(connection, run.activityId(), Optional.of(run), log, true);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(plant.name() + " cannot be planted: " + e.getMessage(), e);
    }
  }

  private static void execute(Connection connection, Plant.Statement one, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(one.sql())) {
      for (int i = 0; i < one.arguments().size(); i++) {
        statement.setObject(i + 1, one.arguments().get(i));
      }
      if (statement.executeUpdate() == 0) {
        throw new IllegalStateException(name + " cannot be planted: no row to change");
      }
    }
  }

  private static Facts plant(Plant.InLog plant, Path folder, Facts sound) {
    try {
      Path copy = Files.createTempDirectory("lantern-self-test");
      try {
        copyWithPlant(plant, folder, copy);
        return new Facts(
            sound.run(), ClientLog.read(copy), sound.stores(), sound.queueEmpty(), sound.drained());
      } finally {
        delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(plant.name() + " cannot be planted", e);
    }
  }

  private static void copyWithPlant(Plant.InLog plant, Path folder, Path copy) throws IOException {
    Files.createDirectories(copy.resolve("clients"));
    boolean done = false;
    try (Stream<Path> files = Files.list(folder.resolve("clients"))) {
      for (Path file : files.sorted().toList()) {
        var lines = new ArrayList<String>();
        for (String line : Files.readAllLines(file)) {
          Optional<ClientEntry> changed =
              done ? Optional.empty() : plant.change().apply(ClientLine.read(line));
          done |= changed.isPresent();
          lines.add(changed.map(ClientLine::write).orElse(line));
        }
        Files.write(copy.resolve("clients").resolve(file.getFileName()), lines);
      }
    }
    if (!done) {
      throw new IllegalStateException(plant.name() + " cannot be planted: no such line");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
