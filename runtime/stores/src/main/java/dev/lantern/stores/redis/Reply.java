package dev.lantern.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a script returned: the entries of its table, by position from 0.
///
/// An absent entry or one of another type is a defect of the script and throws
/// [IllegalStateException].
public final class Reply {

  private final List<? extends @Nullable Object> entries;

  Reply(List<? extends @Nullable Object> entries) {
    this.entries = entries;
  }

  public int size() {
    return entries.size();
  }

  /// True where the script put `false`.
  public boolean isNull(int i) {
    return entry(i) == null;
  }

  /// An integer, or a string of decimal digits.
  public long getLong(int i) {
    return switch (required(i)) {
      case Long l -> l;
      case byte[] text -> Long.parseLong(new String(text, UTF_8));
      case Object other -> throw wrongType(i, other, "a number");
    };
  }

  public byte[] getBytes(int i) {
    return switch (required(i)) {
      case byte[] bytes -> bytes;
      case Object other -> throw wrongType(i, other, "bytes");
    };
  }

  public String getString(int i) {
    return new String(getBytes(i), UTF_8);
  }

  public Optional<byte[]> findBytes(int i) {
    return isNull(i) ? Optional.empty() : Optional.of(getBytes(i));
  }

  public Optional<String> findString(int i) {
    return findBytes(i).map(bytes -> new String(bytes, UTF_8));
  }

  /// A table inside the table.
  public Reply getReply(int i) {
    return switch (required(i)) {
      case List<?> list -> new Reply(list);
      case Object other -> throw wrongType(i, other, "a table");
    };
  }

  /// A table of byte strings inside the table, such as what `HVALS` gives; its nulls are left out.
  public List<byte[]> getBytesList(int i) {
    Reply inner = getReply(i);
    var list = new ArrayList<byte[]>(inner.size());
    for (int j = 0; j < inner.size(); j++) {
      inner.findBytes(j).ifPresent(list::add);
    }
    return list;
  }

  private @Nullable Object entry(int i) {
    if (i >= entries.size()) {
      throw new IllegalStateException("no entry " + i + " in a reply of " + entries.size());
    }
    return entries.get(i);
  }

  private Object required(int i) {
    Object entry = entry(i);
    if (entry == null) {
      throw new IllegalStateException("entry " + i + " is null");
    }
    return entry;
  }

  private static IllegalStateException wrongType(int i, Object value, String wanted) {
    return new IllegalStateException(
        "entry " + i + " is a " + value.getClass().getSimpleName() + ", not " + wanted);
  }
}
