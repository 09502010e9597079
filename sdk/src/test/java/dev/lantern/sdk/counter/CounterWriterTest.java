package dev.lantern.sdk.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.counter.v1.WriterTotal;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CounterWriterTest {
  private static final String OPENED = "spring-demo.opened";
  private static final String GIVEN = "spring-demo.given";

  /// What counter-service keeps: the highest total of each slot.
  private final Map<String, Long> slots = new HashMap<>();

  private final SplittableRandom random = new SplittableRandom(7);
  private double lost;
  private int replicas = 2;
  private int told;

  @Test
  void totals_areToldOnce_andOnlyWhatIsNew() {
    CounterWriter writer = writer(1, Optional.empty());
    writer.counter(OPENED).add(3);
    assertThat(writer.flush()).isTrue();
    assertThat(writer.flush()).isTrue();
    assertThat(told).isEqualTo(1);
    writer.counter(OPENED).add(4);
    assertThat(writer.flush()).isTrue();
    assertThat(sum(OPENED)).isEqualTo(7);
    assertThat(writer.counter(OPENED).total()).isEqualTo(7);
  }

  @Test
  void lostRequestsAndReplies_addNothingAndLoseNothing() {
    lost = 0.3;
    CounterWriter writer = writer(1, Optional.empty());
    long added = 0;
    for (int i = 0; i < 2_000; i++) {
      int amount = random.nextInt(5);
      writer.counter(i % 2 == 0 ? OPENED : GIVEN).add(amount);
      added += amount;
      var _ = writer.flush();
      assertThat(sum(OPENED) + sum(GIVEN)).isLessThanOrEqualTo(added);
    }
    lost = 0;
    assertThat(writer.flush()).isTrue();
    assertThat(sum(OPENED) + sum(GIVEN)).isEqualTo(added);
  }

  @Test
  void addsOfManyThreads_areAllCounted_whileItIsTold() {
    CounterWriter writer = writer(1, Optional.empty());
    CounterWriter.Counter counter = writer.counter(OPENED);
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        threads.execute(() -> {
          for (int i = 0; i < 100_000; i++) {
            counter.add(1);
          }
        });
      }
      for (int i = 0; i < 50; i++) {
        long before = sum(OPENED);
        assertThat(writer.flush()).isTrue();
        assertThat(sum(OPENED)).isGreaterThanOrEqualTo(before);
      }
    }
    assertThat(writer.flush()).isTrue();
    assertThat(sum(OPENED)).isEqualTo(800_000);
  }

  @Test
  void killedWriterWithAJournal_losesNothing_andItsOldTotalsAreToldUnderTheOldEpoch(
      @TempDir Path folder) throws IOException {
    Path second = folder.resolve("after");
    lost = 1;
    long counted = 0;
    try (CounterWriter dying = writer(1, Optional.of(folder.resolve("before")))) {
      dying.counter(OPENED).add(5);
      dying.counter(GIVEN).add(88);
      counted = 5 + 88;
      assertThat(dying.flush()).isFalse();
      // The files as a kill at this instant leaves them.
      copy(folder.resolve("before"), second);
    }
    for (long now = 1; now <= 3; now++) {
      lost = now == 3 ? 0 : 1;
      try (CounterWriter next = writer(now, Optional.of(second))) {
        next.counter(OPENED).add(10);
        counted += 10;
        assertThat(next.flush()).isEqualTo(now == 3);
      }
    }
    assertThat(sum(OPENED) + sum(GIVEN)).isEqualTo(counted);
    assertThat(slots).hasSize(5);
    try (CounterWriter last = writer(9, Optional.of(second))) {
      assertThat(last.flush()).isTrue();
    }
    assertThat(sum(OPENED) + sum(GIVEN)).isEqualTo(counted);
  }

  @Test
  void formerLife_takenByOneRedis_staysInTheJournal_forThatOneMayBeLost(@TempDir Path folder)
      throws IOException {
    lost = 1;
    try (CounterWriter dying = writer(1, Optional.of(folder.resolve("first")))) {
      dying.counter(OPENED).add(5);
      copy(folder.resolve("first"), folder.resolve("second"));
    }
    lost = 0;
    replicas = 1;
    try (CounterWriter next = writer(2, Optional.of(folder.resolve("second")))) {
      assertThat(next.flush()).isTrue();
      assertThat(sum(OPENED)).isEqualTo(5);
      copy(folder.resolve("second"), folder.resolve("third"));
    }
    // The one that took it comes back empty, the other had never heard of it.
    slots.clear();
    replicas = 2;
    try (CounterWriter last = writer(3, Optional.of(folder.resolve("third")))) {
      assertThat(last.flush()).isTrue();
      assertThat(sum(OPENED)).isEqualTo(5);
    }
    try (var files = Files.list(folder.resolve("third"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("lock");
    }
  }

  @Test
  void formerLife_takenByOneRedis_isToldNowAndThen_untilBothHaveIt(@TempDir Path folder)
      throws IOException {
    lost = 1;
    try (CounterWriter dying = writer(1, Optional.of(folder.resolve("before")))) {
      dying.counter(OPENED).add(5);
      copy(folder.resolve("before"), folder.resolve("after"));
    }
    lost = 0;
    replicas = 1;
    told = 0;
    try (CounterWriter next = writer(2, Optional.of(folder.resolve("after")))) {
      for (int flush = 0; flush < 60; flush++) {
        assertThat(next.flush()).isTrue();
      }
      assertThat(told).isEqualTo(3);
      replicas = 2;
      for (int flush = 0; flush < 60; flush++) {
        assertThat(next.flush()).isTrue();
      }
      assertThat(told).isEqualTo(4);
    }
  }

  @Test
  void writerOfATakenJournal_isNotOpened(@TempDir Path folder) {
    try (CounterWriter first = writer(1, Optional.of(folder))) {
      first.counter(OPENED).add(1);
      assertThatThrownBy(() -> writer(2, Optional.of(folder))).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void journalOfAnotherWriter_isNotOpened_forItsTotalsWouldCountTwice(@TempDir Path folder) {
    try (CounterWriter first = writer(1, Optional.of(folder))) {
      first.counter(OPENED).add(1);
    }
    assertThatThrownBy(() -> new CounterWriter(this::tell, "test-2", 2, Optional.of(folder)))
        .isInstanceOf(IllegalStateException.class);
    try (CounterWriter again = writer(3, Optional.of(folder))) {
      assertThat(again.flush()).isTrue();
    }
    assertThat(sum(OPENED)).isEqualTo(1);
  }

  @Test
  void brokenFileInTheJournal_isSetAside_andTheOthersAreTold(@TempDir Path folder)
      throws IOException {
    lost = 1;
    try (CounterWriter dying = writer(1, Optional.of(folder))) {
      dying.counter(OPENED).add(5);
      dying.counter(GIVEN).add(88);
    }
    lost = 0;
    Path broken = folder.resolve(GIVEN + "@1");
    Files.write(broken, new byte[(int) Files.size(broken)]);
    Files.write(folder.resolve("spring-demo.short@1"), new byte[3]);

    try (CounterWriter next = writer(2, Optional.of(folder))) {
      assertThat(next.flush()).isTrue();
    }

    assertThat(sum(OPENED)).isEqualTo(5);
    assertThat(sum(GIVEN)).isZero();
    assertThat(folder.resolve(GIVEN + "@1.unreadable")).exists();
    assertThat(folder.resolve("spring-demo.short@1.unreadable")).exists();
  }

  @Test
  void newCounter_isBegun_whileTotalsAreBeingTold() throws Exception {
    var telling = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    CounterWriter writer =
        new CounterWriter(
            _ -> {
              telling.countDown();
              assertThat(within10Seconds(begun)).isTrue();
              return 2;
            },
            "test-1",
            1,
            Optional.empty());
    writer.counter(OPENED).add(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> flushed = threads.submit(writer::flush);
      assertThat(within10Seconds(telling)).isTrue();
      writer.counter(GIVEN).add(1);
      begun.countDown();
      assertThat(flushed.get()).isTrue();
    }
  }

  private static boolean within10Seconds(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void namesAndAmounts_areChecked_andCountersBounded() {
    CounterWriter writer = writer(1, Optional.empty());
    assertThatThrownBy(() -> writer.counter("Spring.x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.counter("../x.y")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.counter(OPENED).add(-1))
        .isInstanceOf(IllegalArgumentException.class);
    for (int i = 1; i < CounterWriter.MOST; i++) {
      writer.counter("a" + i + ".b").add(1);
    }
    assertThatThrownBy(() -> writer.counter("one-more.b"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(writer.flush()).isTrue();
  }

  private CounterWriter writer(long now, Optional<Path> journal) {
    return new CounterWriter(this::tell, "test-1", now, journal);
  }

  private int tell(List<WriterTotal> totals) {
    told++;
    assertThat(totals).hasSizeLessThanOrEqualTo(CounterWriter.MOST);
    if (random.nextDouble() < lost / 2 || lost == 1) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    for (WriterTotal total : totals) {
      slots.merge(
          total.getName() + "/" + total.getWriter() + "#" + total.getEpoch(),
          total.getTotal(),
          Math::max);
    }
    if (random.nextDouble() < lost / 2) {
      throw Status.DEADLINE_EXCEEDED.asRuntimeException();
    }
    return replicas;
  }

  private long sum(String counter) {
    return slots.entrySet().stream()
        .filter(slot -> slot.getKey().startsWith(counter + "/"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
