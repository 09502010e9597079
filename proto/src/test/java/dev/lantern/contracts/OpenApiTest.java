package dev.lantern.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `proto/openapi/lantern.swagger.json` is what the contracts say.
class OpenApiTest {
  private static final Path PROTO =
      Path.of(System.getProperty("lantern.checkout", "..")).resolve("proto");

  @Test
  void everyPath_isThere_andNoOther() throws IOException {
    Set<String> told = new TreeSet<>();
    JsonObject paths = document().getAsJsonObject("paths");
    for (String path : paths.keySet()) {
      paths.getAsJsonObject(path).keySet().forEach(verb -> told.add(verb + " " + path));
    }
    Set<String> declared =
        methods().stream()
            .filter(m -> m.getOptions().hasExtension(AnnotationsProto.http))
            .map(m -> m.getOptions().getExtension(AnnotationsProto.http))
            .map(OpenApiTest::verbAndPath)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(declared).isNotEmpty().isEqualTo(told);
  }

  @Test
  void everyFieldOfAnAnswer_isThere() throws IOException {
    JsonObject definitions = document().getAsJsonObject("definitions");
    for (FileDescriptorProto file : files()) {
      for (DescriptorProto message : file.getMessageTypeList()) {
        JsonObject told = definitions.getAsJsonObject("v1" + message.getName());
        if (told == null || !told.has("properties")) {
          continue;
        }
        assertThat(told.getAsJsonObject("properties").keySet())
            .as(message.getName())
            .containsExactlyInAnyOrderElementsOf(
                message.getFieldList().stream().map(FieldDescriptorProto::getJsonName).toList());
      }
    }
  }

  /// Word for word, where Go and what the generator is made of are at hand.
  @Test
  @Tag("engine")
  void document_isWhatTheGeneratorWrites() throws Exception {
    Process process =
        new ProcessBuilder("bash", PROTO.resolve("openapi.sh").toString(), "--check")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(said).doesNotContain("out of date");
    // Anything but 0 is then a missing tool, and says which.
    assertThat(code == 0 || !said.isBlank()).as(said).isTrue();
  }

  private static String verbAndPath(HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> "get " + inJson(rule.getGet());
      case POST -> "post " + inJson(rule.getPost());
      case PUT -> "put " + inJson(rule.getPut());
      case PATCH -> "patch " + inJson(rule.getPatch());
      case DELETE -> "delete " + inJson(rule.getDelete());
      case CUSTOM, PATTERN_NOT_SET -> throw new IllegalStateException(rule.toString());
    };
  }

  /// `{activity_id}` as JSON names it: `{activityId}`.
  private static String inJson(String path) {
    var text = new StringBuilder();
    boolean upper = false;
    boolean inside = false;
    for (char c : path.toCharArray()) {
      inside = c == '{' || (inside && c != '}');
      if (inside && c == '_') {
        upper = true;
      } else {
        text.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return text.toString();
  }

  private static JsonObject document() throws IOException {
    return JsonParser.parseString(Files.readString(PROTO.resolve("openapi/lantern.swagger.json")))
        .getAsJsonObject();
  }

  private static List<MethodDescriptorProto> methods() throws IOException {
    var all = new ArrayList<MethodDescriptorProto>();
    files().forEach(file -> file.getServiceList().forEach(s -> all.addAll(s.getMethodList())));
    return all;
  }

  private static List<FileDescriptorProto> files() throws IOException {
    var extensions = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(extensions);
    try (InputStream in =
        Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/lantern.desc"))) {
      return FileDescriptorSet.parseFrom(in, extensions).getFileList().stream()
          .filter(file -> file.getName().startsWith("lantern/"))
          .toList();
    }
  }
}
