package dev.lantern.cli.stack.supervise;

import com.google.gson.Gson;
import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.supervise.Command.Answer;
import dev.lantern.cli.stack.supervise.Command.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Commands to the supervisor of a running stack. Each returns when the command is carried out:
/// stopping waits for the processes, starting does not wait until they serve.
public final class ControlClient {
  private static final int CONNECT_TIMEOUT_MS = 2_000;
  private static final int ANSWER_TIMEOUT_MS = 90_000;

  private final StackState state;
  private final Secrets secrets;

  public ControlClient(StackState state, Secrets secrets) {
    this.state = state;
    this.secrets = secrets;
  }

  /// Stops all parts, then the supervisor ends.
  public void stopAll() {
    send(Kind.STOP_ALL, null, 0, 0);
  }

  public void stop(String part) {
    send(Kind.STOP, part, 0, 0);
  }

  public void start(String part) {
    send(Kind.START, part, 0, 0);
  }

  public void scale(Scale scale) {
    send(Kind.SCALE, null, scale.api(), scale.settle());
  }

  private void send(Kind kind, @Nullable String part, int api, int settle) {
    var command = new Command(secrets.of(ControlServer.SECRET), kind, part, api, settle);
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), state.controlPort()),
          CONNECT_TIMEOUT_MS);
      socket.setSoTimeout(ANSWER_TIMEOUT_MS);
      String line = new Gson().toJson(command) + "\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      Answer answer = new Gson().fromJson(in.readLine(), Answer.class);
      if (answer == null) {
        throw new IOException("it hung up");
      }
      if (answer.error() != null) {
        throw new StackException(answer.error(), answer.remedy() == null ? "" : answer.remedy());
      }
    } catch (IOException e) {
      throw new StackException(
          "the supervisor does not answer: " + e.getMessage(),
          "`lantern down` stops the stack even then",
          e);
    }
  }
}
