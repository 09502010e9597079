package dev.lantern.proving.downstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.CRC32;

/// How the downstream behaves. Shares are of ten thousand calls and drawn by the grant's id and the
/// how-manieth call for it, so a run can be repeated.
///
/// @param delayMs before each answer
/// @param failPer10k calls that end with UNAVAILABLE before anything is done
/// @param losePer10k calls whose work is done and whose answer is never sent
/// @param retryPer10k calls answered RETRY
/// @param rejectPer10k *grants* that are rejected for good: whatever call asks
/// @param stock how many grants there are; beyond that SOLD_OUT
public record Behaviour(
    int delayMs, int failPer10k, int losePer10k, int retryPer10k, int rejectPer10k, long stock) {
  private static final int ALL = 10_000;

  /// Gives at once whatever is asked.
  public static final Behaviour GOOD = new Behaviour(0, 0, 0, 0, 0, Long.MAX_VALUE);

  public Behaviour {
    if (delayMs < 0 || delayMs > 60_000) {
      throw new IllegalArgumentException("delay_ms must be 0 to 60000");
    }
    for (int share : new int[] {failPer10k, losePer10k, retryPer10k, rejectPer10k}) {
      if (share < 0 || share > ALL) {
        throw new IllegalArgumentException("a share is 0 to 10000: " + share);
      }
    }
  }

  /// What happens to one call.
  enum Fate {
    FAIL,
    LOSE,
    RETRY,
    ANSWER
  }

  public Behaviour losing(int per10k) {
    return new Behaviour(delayMs, failPer10k, per10k, retryPer10k, rejectPer10k, stock);
  }

  public Behaviour failing(int per10k) {
    return new Behaviour(delayMs, per10k, losePer10k, retryPer10k, rejectPer10k, stock);
  }

  public Behaviour retrying(int per10k) {
    return new Behaviour(delayMs, failPer10k, losePer10k, per10k, rejectPer10k, stock);
  }

  public Behaviour rejecting(int per10k) {
    return new Behaviour(delayMs, failPer10k, losePer10k, retryPer10k, per10k, stock);
  }

  public Behaviour withStock(long more) {
    return new Behaviour(delayMs, failPer10k, losePer10k, retryPer10k, rejectPer10k, more);
  }

  public Behaviour slow(int ms) {
    return new Behaviour(ms, failPer10k, losePer10k, retryPer10k, rejectPer10k, stock);
  }

  /// What happens to a call.
  ///
  /// @param nth of the calls for this grant, from 1
  Fate fateOf(String grantId, int nth) {
    int point = draw(grantId + "/" + nth);
    if (point < failPer10k) {
      return Fate.FAIL;
    }
    if (point < failPer10k + losePer10k) {
      return Fate.LOSE;
    }
    return point < failPer10k + losePer10k + retryPer10k ? Fate.RETRY : Fate.ANSWER;
  }

  boolean rejects(String grantId) {
    return draw(grantId) < rejectPer10k;
  }

  private static int draw(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(UTF_8));
    // The low bits of a CRC follow the text's last characters; a multiplication mixes them.
    return (int) (((crc.getValue() * 0x9E3779B97F4A7C15L) >>> 33) % ALL);
  }

  /// From a properties file: `delay_ms`, `fail`, `lose`, `retry`, `reject`, `stock`; what it does
  /// not name is as [#GOOD].
  static Behaviour read(Path file) throws IOException {
    Properties given = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      given.load(reader);
    }
    return new Behaviour(
        number(given, "delay_ms"),
        number(given, "fail"),
        number(given, "lose"),
        number(given, "retry"),
        number(given, "reject"),
        Long.parseLong(given.getProperty("stock", Long.toString(Long.MAX_VALUE))));
  }

  private static int number(Properties given, String key) {
    return Integer.parseInt(given.getProperty(key, "0"));
  }
}
