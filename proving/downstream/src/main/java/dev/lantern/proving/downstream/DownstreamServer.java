package dev.lantern.proving.downstream;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A [ReferenceDownstream] that serves on this machine alone, without TLS.
public final class DownstreamServer implements AutoCloseable {
  private final Journal journal;
  private final ReferenceDownstream downstream;
  private final Server server;

  private DownstreamServer(Journal journal, ReferenceDownstream downstream, Server server) {
    this.journal = journal;
    this.downstream = downstream;
    this.server = server;
  }

  /// Starts serving.
  ///
  /// @param port 0: any
  /// @param journal where its answers are kept; those of an earlier life hold
  public static DownstreamServer start(int port, Path journal, Supplier<Behaviour> behaviour) {
    Journal kept = Journal.open(journal);
    ReferenceDownstream downstream = new ReferenceDownstream(kept, behaviour);
    try {
      Server server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                  InsecureServerCredentials.create())
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .permitKeepAliveTime(5, TimeUnit.SECONDS)
              .permitKeepAliveWithoutCalls(true)
              .addService(downstream)
              .build()
              .start();
      return new DownstreamServer(kept, downstream, server);
    } catch (IOException e) {
      kept.close();
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getPort();
  }

  public Journal journal() {
    return journal;
  }

  public ReferenceDownstream downstream() {
    return downstream;
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      if (!server.awaitTermination(2, TimeUnit.SECONDS)) {
        throw new IllegalStateException("calls do not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      journal.close();
    }
  }
}
