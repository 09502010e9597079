package dev.lantern.ordercenter;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP port before another one, which a test can cut and open again.
final class Gate implements AutoCloseable {
  private final ServerSocket server;
  private final InetSocketAddress behind;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean open = true;

  Gate(String host, int port) throws IOException {
    this(host, port, 0);
  }

  /// One at a port of its own.
  Gate(String host, int port, int own) throws IOException {
    behind = new InetSocketAddress(host, port);
    server = new ServerSocket(own, 64, InetAddress.getLoopbackAddress());
    var _ = Thread.ofVirtual().name("gate").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Ends every connection and lets no new one through.
  void cut() {
    open = false;
    sockets.forEach(Gate::quietly);
    sockets.clear();
  }

  void open() {
    open = true;
  }

  @Override
  public void close() {
    cut();
    quietly(server);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket outside = server.accept();
        if (!open) {
          outside.close();
          continue;
        }
        Socket inside = new Socket();
        inside.connect(behind, 1_000);
        sockets.add(outside);
        sockets.add(inside);
        pump(outside, inside);
        pump(inside, outside);
      } catch (IOException over) {
        // The next one.
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              try (from;
                  to;
                  InputStream in = from.getInputStream()) {
                var _ = in.transferTo(to.getOutputStream());
              } catch (IOException cut) {
                // Both ends are closed.
              }
            });
  }

  private static void quietly(Closeable one) {
    try {
      one.close();
    } catch (IOException gone) {
      // It is closed.
    }
  }
}
