package dev.lantern.cli.stack.supervise;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.supervise.Command.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Takes commands on a loopback port the kernel chooses (a Unix socket's path may have 107
/// characters at most, and homes can be deeper). Who knows the home's control secret may command.
final class ControlServer implements AutoCloseable {
  static final String SECRET = "control";
  private static final int QUEUE = 8;
  private static final int READ_TIMEOUT_MS = 5_000;

  /// Carries out one command; what it refuses it throws.
  interface Handler {
    void handle(Command command) throws InterruptedException;
  }

  private final ServerSocket socket;
  private final String token;
  private final Handler handler;

  ControlServer(Secrets secrets, Handler handler) throws IOException {
    this.socket = new ServerSocket(0, QUEUE, InetAddress.getLoopbackAddress());
    this.token = secrets.of(SECRET);
    this.handler = handler;
  }

  int port() {
    return socket.getLocalPort();
  }

  void start() {
    Thread.ofPlatform().name("control").daemon().start(this::accept);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          System.out.println("control: " + e);
        }
      }
    }
  }

  private void serve(Socket caller) {
    try (caller;
        var in =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
      caller.setSoTimeout(READ_TIMEOUT_MS);
      String answer = new Gson().toJson(answer(in.readLine())) + "\n";
      caller.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.out.println("control: a caller went away: " + e.getMessage());
    }
  }

  private Answer answer(@Nullable String line) {
    try {
      Command command = new Gson().fromJson(line, Command.class);
      if (command == null || !allowed(command)) {
        return new Answer("not allowed", "use the home whose stack this is");
      }
      handler.handle(command);
      return new Answer(null, null);
    } catch (JsonSyntaxException e) {
      return new Answer("not a command", "speak through `lantern`");
    } catch (StackException e) {
      return new Answer(e.getMessage(), e.remedy());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer("the supervisor is ending", "try again once it has ended");
    }
  }

  private boolean allowed(Command command) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), command.token().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
