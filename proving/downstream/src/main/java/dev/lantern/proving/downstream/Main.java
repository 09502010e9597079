package dev.lantern.proving.downstream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/// The reference downstream as a process.
///
/// `Main FOLDER [PORT [stay]]`: keeps `grants.log` and writes its port to `port` there; does as the
/// file `behaviour` there says, read anew at every call. Ends when its standard input does, and so
/// with whoever started it; told to `stay`, it ends by a signal alone.
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    Path behaviour = folder.resolve("behaviour");
    try (DownstreamServer server =
        DownstreamServer.start(port, folder.resolve("grants.log"), () -> told(behaviour))) {
      Path fresh = Files.writeString(folder.resolve("port.new"), Integer.toString(server.port()));
      Files.move(fresh, folder.resolve("port"), StandardCopyOption.ATOMIC_MOVE);
      if (args.length > 2 && args[2].equals("stay")) {
        new CountDownLatch(1).await();
      }
      var _ = System.in.transferTo(OutputStream.nullOutputStream());
    }
    System.exit(0);
  }

  private static Behaviour told(Path file) {
    try {
      return Files.exists(file) ? Behaviour.read(file) : Behaviour.GOOD;
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("cannot use " + file + ": " + e.getMessage(), e);
    }
  }
}
