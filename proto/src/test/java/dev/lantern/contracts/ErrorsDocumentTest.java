package dev.lantern.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// `docs/errors.md` is what `common/v1/reason.proto` says. `-Dlantern.goldens=write` writes it
/// anew.
class ErrorsDocumentTest {
  private static final String FILE = "lantern/common/v1/reason.proto";
  private static final Path DOCUMENT =
      Path.of(System.getProperty("lantern.checkout", "..")).resolve("docs/errors.md");

  @Test
  void errorsDocument_saysWhatTheContractSays() throws IOException {
    String rendered = render();
    if (Objects.equals(System.getProperty("lantern.goldens"), "write")) {
      Files.writeString(DOCUMENT, rendered);
    }
    assertThat(DOCUMENT).hasContent(rendered);
  }

  @Test
  void everyReason_saysItsStatusFirst() throws IOException {
    String codes =
        "(INVALID_ARGUMENT|RESOURCE_EXHAUSTED|UNAUTHENTICATED|PERMISSION_DENIED|NOT_FOUND"
            + "|UNIMPLEMENTED|FAILED_PRECONDITION|ALREADY_EXISTS|UNAVAILABLE|DEADLINE_EXCEEDED"
            + "|INTERNAL|ABORTED).*";
    assertThat(rows()).isNotEmpty().allSatisfy(row -> assertThat(row.comment()).matches(codes));
  }

  private record Row(String reason, String comment) {}

  private static String render() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Refusals\n\n");
    text.append("Every refusal, over gRPC and JSON alike, is a `google.rpc.Status` with an ");
    text.append("`ErrorInfo` of the domain `lantern`: its `reason` is one of these, its ");
    text.append("`metadata` tells `layer`, `rule` and, where one is to blame, `field`. When to ");
    text.append("come back is in `RetryInfo`, `Retry-After` (JSON) and `grpc-retry-pushback-ms` ");
    text.append("(gRPC; -1: do not).\n\nMade from `proto`'s `common/v1/reason.proto`.\n\n");
    text.append("| reason | status, meaning, remedy |\n|---|---|\n");
    for (Row row : rows()) {
      text.append("| `").append(row.reason()).append("` | ").append(row.comment()).append(" |\n");
    }
    return text.toString();
  }

  private static List<Row> rows() throws IOException {
    FileDescriptorProto file =
        descriptors().getFileList().stream()
            .filter(f -> f.getName().equals(FILE))
            .findFirst()
            .orElseThrow();
    EnumDescriptorProto reasons = file.getEnumType(0);
    return file.getSourceCodeInfo().getLocationList().stream()
        .filter(ErrorsDocumentTest::isValueOfFirstEnum)
        .filter(location -> location.getPath(3) > 0)
        .map(location -> row(reasons, location))
        .toList();
  }

  private static boolean isValueOfFirstEnum(Location location) {
    return location.getPathCount() == 4
        && location.getPath(0) == FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER
        && location.getPath(1) == 0
        && location.getPath(2) == EnumDescriptorProto.VALUE_FIELD_NUMBER;
  }

  private static Row row(EnumDescriptorProto reasons, Location location) {
    String name = reasons.getValue(location.getPath(3)).getName();
    String comment = location.getLeadingComments().strip().replaceAll("\\s+", " ");
    return new Row(name.substring("REASON_".length()), comment);
  }

  private static FileDescriptorSet descriptors() throws IOException {
    try (InputStream in = ErrorsDocumentTest.class.getResourceAsStream("/lantern.desc")) {
      return FileDescriptorSet.parseFrom(Objects.requireNonNull(in));
    }
  }
}
