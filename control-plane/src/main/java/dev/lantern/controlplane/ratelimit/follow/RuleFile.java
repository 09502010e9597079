package dev.lantern.controlplane.ratelimit.follow;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file with the last rules that were run, as JSON; replaced as a whole, so that a crash leaves
/// the old or the new ones.
final class RuleFile {
  private static final Logger LOG = LoggerFactory.getLogger(RuleFile.class);

  private final Path file;

  RuleFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /// What was last written; empty when there is no file, or none that can be read.
  Optional<WatchLimitsResponse> read() {
    try {
      var told = WatchLimitsResponse.newBuilder();
      JsonFormat.parser().ignoringUnknownFields().merge(Files.readString(file), told);
      return Optional.of(told.build());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      LOG.warn("{} is not readable, it is as if there were none: {}", file, e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("{} cannot be read, it is as if there were none", file, e);
      return Optional.empty();
    }
  }

  /// Keeps them; a disk that refuses is logged, since the rules in memory hold anyway.
  void write(WatchLimitsResponse told) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      try (var channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes =
            ByteBuffer.wrap(JsonFormat.printer().print(told).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("cannot keep the limits in {}", file, e);
    }
  }
}
