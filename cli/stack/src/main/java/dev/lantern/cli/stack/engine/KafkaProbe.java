package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.part.Probe;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Asks for the cluster's metadata (request 3, version 1, no topics): a node serves once it lists
/// itself as a broker, which it does only after the controller has let it in. The port is open a
/// good while earlier.
record KafkaProbe(int port) implements Probe {
  private static final int METADATA = 3;
  private static final int VERSION = 1;
  private static final int LARGEST_ANSWER = 1 << 16;

  @Override
  public boolean serves() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(2 + 2 + 4 + 2 + 4);
      out.writeShort(METADATA);
      out.writeShort(VERSION);
      out.writeInt(1); // correlation id
      out.writeShort(-1); // no client id
      out.writeInt(0); // no topics
      out.flush();
      var in = new DataInputStream(socket.getInputStream());
      int length = in.readInt();
      return length >= 8 && length < LARGEST_ANSWER && in.readInt() == 1 && in.readInt() > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
