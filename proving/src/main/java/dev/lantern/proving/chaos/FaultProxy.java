package dev.lantern.proving.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/// A TCP port on loopback before another one, that passes on what it is told to: everything,
/// nothing to nobody, nothing from anybody, or everything late and little at a time.
///
/// Two virtual threads a connection, one for each way, with a buffer each; nothing is queued beyond
/// what the sockets hold, so a slowed sender is slowed, as by a slow network.
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final int CONNECT_MS = 1_000;
  private static final int BUFFER = 16 * 1024;
  private static final Duration STALL = Duration.ofMillis(20);

  /// What becomes of what comes.
  public sealed interface Mode {
    /// It passes.
    record Pass() implements Mode {}

    /// Connections are ended, and new ones as soon as they come.
    record Cut() implements Mode {}

    /// Connections stand, and nothing passes: neither bytes nor their end.
    record Hole() implements Mode {}

    /// Of the answers' pieces this share is lost, each with its connection: what was asked for is
    /// done, and who asked does not know.
    ///
    /// @param percent 0 to 100
    /// @param dice any number below the one given, at each call
    record Lose(int percent, IntUnaryOperator dice) implements Mode {}

    /// Each piece passes after `late`, and no more than `bytesPerSecond` each way.
    record Slow(Duration late, int bytesPerSecond) implements Mode {}
  }

  private final ServerSocket server;
  private final InetSocketAddress behind;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = new Mode.Pass();

  private FaultProxy(ServerSocket server, int behind) {
    this.server = server;
    this.behind = new InetSocketAddress(InetAddress.getLoopbackAddress(), behind);
  }

  /// Listens from now on, and passes everything.
  ///
  /// @param port 0: any
  public static FaultProxy open(int port, int behind) {
    try {
      var proxy =
          new FaultProxy(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), behind);
      var _ = Thread.ofVirtual().name("proxy-" + port).start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " cannot be used", e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /// From now on, for the connections there are, too.
  public void set(Mode next) {
    mode = next;
    if (next instanceof Mode.Cut) {
      sockets.forEach(FaultProxy::quietly);
    }
  }

  @Override
  public void close() {
    quietly(server);
    set(new Mode.Cut());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket outside = server.accept();
        var _ = Thread.ofVirtual().start(() -> serve(outside));
      } catch (IOException over) {
        // The next one, or the end.
      }
    }
  }

  private void serve(Socket outside) {
    var inside = new Socket();
    sockets.add(outside);
    sockets.add(inside);
    try (outside;
        inside) {
      if (mode instanceof Mode.Cut) {
        return;
      }
      awaitWay();
      inside.connect(behind, CONNECT_MS);
      outside.setTcpNoDelay(true);
      inside.setTcpNoDelay(true);
      Thread back = Thread.ofVirtual().start(() -> pump(inside, outside, true));
      pump(outside, inside, false);
      back.join();
    } catch (IOException refused) {
      // Whoever came sees the connection end, as from a part that is away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(outside);
      sockets.remove(inside);
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    var piece = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(piece);
      while (read >= 0 && !(answers && isLost())) {
        hold(read);
        out.write(piece, 0, read);
        read = in.read(piece);
      }
      awaitWay();
    } catch (IOException broken) {
      // Both ends are closed below.
    } finally {
      quietly(from);
      quietly(to);
    }
  }

  private boolean isLost() {
    return mode instanceof Mode.Lose(int percent, IntUnaryOperator dice)
        && dice.applyAsInt(100) < percent;
  }

  private void hold(int bytes) {
    awaitWay();
    switch (mode) {
      case Mode.Slow(Duration late, int bytesPerSecond) ->
          LockSupport.parkNanos(late.toNanos() + bytes * 1_000_000_000L / bytesPerSecond);
      case Mode.Pass _, Mode.Cut _, Mode.Hole _, Mode.Lose _ -> {}
    }
  }

  private void awaitWay() {
    while (mode instanceof Mode.Hole && !server.isClosed()) {
      LockSupport.parkNanos(STALL.toNanos());
    }
  }

  private static void quietly(Closeable one) {
    try {
      one.close();
    } catch (IOException gone) {
      // It is closed.
    }
  }
}
