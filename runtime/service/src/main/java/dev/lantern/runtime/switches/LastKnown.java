package dev.lantern.runtime.switches;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file with the control plane's last word, as JSON; replaced by a rename, so a crash leaves
/// the old or the new one.
final class LastKnown {

  private static final Logger LOG = LoggerFactory.getLogger(LastKnown.class);

  private final Path file;

  LastKnown(Path file) {
    this.file = file;
  }

  /// What was last written; empty when there is no file, or none that can be read.
  Optional<WatchSwitchesResponse> read() {
    try {
      var said = WatchSwitchesResponse.newBuilder();
      JsonFormat.parser().ignoringUnknownFields().merge(Files.readString(file), said);
      return Optional.of(said.build());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      LOG.warn("{} is not readable, the defaults hold: {}", file, e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("{} cannot be read, the defaults hold", file, e);
      return Optional.empty();
    }
  }

  /// Keeps it; a disk that refuses is logged, since the switches in memory hold anyway.
  void write(WatchSwitchesResponse said) {
    Path absolute = file.toAbsolutePath();
    Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
    try {
      Files.createDirectories(absolute.getParent());
      Files.writeString(fresh, JsonFormat.printer().print(said));
      Files.move(
          fresh, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("cannot keep the switches in {}", file, e);
    }
  }
}
