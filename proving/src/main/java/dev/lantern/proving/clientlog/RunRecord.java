package dev.lantern.proving.clientlog;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a run set out to do, as the driver declared it: `run.json` beside the client logs.
///
/// @param ledgerBirth which ledger it played against, so that its logs are not held against another
/// @param startedAt ISO instant
/// @param drained whether the driver saw the queue empty and all leases closed
public record RunRecord(
    String runId,
    String ledgerBirth,
    String startedAt,
    String activityId,
    int users,
    long seed,
    int thresholdPercent,
    long fixedFen,
    List<Child> children,
    List<Scene> scenes,
    List<Budget> budgets,
    boolean drained) {

  /// By their numbers.
  private static final List<String> STAGES = List.of("", "INTERNAL", "GREY", "OFFICIAL");

  private static final String FILE = "run.json";
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .create();

  /// A child activity.
  ///
  /// @param allowList empty: everyone
  public record Child(String childId, String stage, List<Long> allowList) {}

  /// A scene with its rounds.
  ///
  /// @param fallbackBudgetId empty where the fallback is a message
  /// @param awardType its number in the contract; 0, as in older records: cash
  public record Scene(
      String sceneId,
      String childId,
      String mainReward,
      String budgetId,
      String fallbackReward,
      String fallbackBudgetId,
      int awardType,
      List<Round> rounds) {
    private static final int CASH_RED_PACKET = 1;

    public Scene {
      awardType = awardType == 0 ? CASH_RED_PACKET : awardType;
    }

    /// One of cash.
    public Scene(
        String sceneId,
        String childId,
        String mainReward,
        String budgetId,
        String fallbackReward,
        String fallbackBudgetId,
        List<Round> rounds) {
      this(
          sceneId,
          childId,
          mainReward,
          budgetId,
          fallbackReward,
          fallbackBudgetId,
          CASH_RED_PACKET,
          rounds);
    }

    /// Whether one of its awards takes one of its budget, and no money.
    public boolean ofThings() {
      return awardType > 2;
    }
  }

  /// A round; its times are ISO instants.
  public record Round(int rainId, String opens, String closes) {}

  public record Budget(String budgetId, long totalFen) {}

  public Optional<Scene> scene(String sceneId) {
    return scenes.stream().filter(s -> s.sceneId().equals(sceneId)).findAny();
  }

  /// The scene of an order. One that stands in several children stands in one a stage: there the
  /// number's stage tells which it claims to be of. Whether rightly is for others to ask.
  public Optional<Scene> scene(String sceneId, String orderNo) {
    List<Scene> found = scenes.stream().filter(s -> s.sceneId().equals(sceneId)).toList();
    if (found.size() < 2) {
      return found.stream().findFirst();
    }
    String number = orderNo.substring(orderNo.lastIndexOf('_') + 1);
    return found.stream()
        .filter(s ->
            child(s.childId())
                .filter(c -> String.valueOf(STAGES.indexOf(c.stage())).equals(number))
                .isPresent())
        .findFirst();
  }

  /// The scene of a grab. Of one that stands in several children the call's subject names the
  /// child.
  public Optional<Scene> scene(ClientEntry grab) {
    List<Scene> found = scenes.stream().filter(s -> s.sceneId().equals(grab.sceneId())).toList();
    return found.size() < 2
        ? found.stream().findFirst()
        : found.stream().filter(s -> s.childId().equals(grab.subject())).findFirst();
  }

  public Optional<Child> child(String childId) {
    return children.stream().filter(c -> c.childId().equals(childId)).findAny();
  }

  public RunRecord asDrained() {
    return new RunRecord(
        runId,
        ledgerBirth,
        startedAt,
        activityId,
        users,
        seed,
        thresholdPercent,
        fixedFen,
        children,
        scenes,
        budgets,
        true);
  }

  /// Replaces the folder's run.json in one step.
  public void write(Path run) {
    try {
      Files.createDirectories(run);
      Path next = run.resolve(FILE + ".next");
      Files.writeString(next, GSON.toJson(this));
      Files.move(
          next,
          run.resolve(FILE),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static RunRecord read(Path run) {
    try {
      return GSON.fromJson(Files.readString(run.resolve(FILE)), RunRecord.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The folders of all runs kept under a home, oldest name first.
  public static List<Path> runs(Path home) {
    Path folder = home.resolve("rain");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(folder)) {
      return runs.filter(run -> Files.exists(run.resolve(FILE))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
