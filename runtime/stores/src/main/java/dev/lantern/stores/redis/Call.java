package dev.lantern.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/// One invocation of a script: its keys (`KEYS`) and arguments (`ARGV`).
///
/// All keys of one call carry the same hash tag (`{…}`), so that the script stays on one shard of a
/// cluster.
public record Call(Script script, List<String> keys, List<byte[]> args) {

  public Call {
    keys = List.copyOf(keys);
    args = List.copyOf(args);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a script without a key has no shard to run on");
    }
  }

  public static Call of(Script script, String key, byte[]... args) {
    return new Call(script, List.of(key), Arrays.asList(args));
  }

  public static Call of(Script script, List<String> keys, byte[]... args) {
    return new Call(script, keys, Arrays.asList(args));
  }

  /// Text as an argument.
  public static byte[] arg(String text) {
    return text.getBytes(UTF_8);
  }

  /// A number as an argument, in decimal.
  public static byte[] arg(long number) {
    return Long.toString(number).getBytes(UTF_8);
  }
}
