package dev.lantern.cli.stack.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Base ports for tests that run at the same time, in one JVM or in several.
///
/// Below the kernel's range for outgoing connections (32768 up), so that no client's port gets in
/// the way; a base is this JVM's until it ends, by a file lock, so two JVMs never pick the same.
public final class FreePorts {
  private static final int FIRST = 17_000;
  private static final int LAST = 32_000;
  private static final int STEP = 200;

  /// Held until the JVM ends: a lock whose channel is collected would be released.
  private static final List<FileLock> HELD = new ArrayList<>();

  private FreePorts() {}

  /// A base of which all ports up to base + 199 were free a moment ago.
  public static synchronized int base() {
    try {
      Path locks =
          Files.createDirectories(
              Path.of(
                  System.getProperty("java.io.tmpdir"),
                  "lantern-ports-" + System.getProperty("user.name")));
      for (int base = FIRST; base < LAST; base += STEP) {
        if (held(locks.resolve(base + ".lock")) && allFree(base)) {
          return base;
        }
      }
      throw new IllegalStateException("no free range of " + STEP + " ports below " + LAST);
    } catch (IOException e) {
      throw new IllegalStateException("cannot look for free ports", e);
    }
  }

  private static boolean held(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        HELD.add(lock);
        return true;
      }
    } catch (OverlappingFileLockException e) {
      // Taken by an earlier call in this JVM.
    }
    channel.close();
    return false;
  }

  private static boolean allFree(int base) {
    for (int port = base; port < base + STEP; port++) {
      if (!free(port)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a server could listen there now.
  public static boolean free(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
