package dev.lantern.proving.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GatewaySourceTest {
  private static final int RULE = 1159;

  private final CodeGeneratorRequest request = GatewaySource.load().forServices();

  @Test
  void contracts_holdTogetherWithoutTheirRules() throws Exception {
    Map<String, FileDescriptor> built = new HashMap<>();
    for (FileDescriptorProto file : request.getProtoFileList()) {
      FileDescriptor[] imports =
          file.getDependencyList().stream().map(built::get).toArray(FileDescriptor[]::new);
      built.put(file.getName(), FileDescriptor.buildFrom(file, imports));
    }
    assertThat(built.keySet()).noneMatch(name -> name.startsWith("buf/"));
    assertThat(built.keySet()).containsAll(request.getFileToGenerateList());
  }

  @Test
  void rules_areGone_andPathsAreKept() {
    boolean paths = false;
    for (FileDescriptorProto file : request.getProtoFileList()) {
      for (var message : file.getMessageTypeList()) {
        for (var field : message.getFieldList()) {
          assertThat(field.getOptions().getUnknownFields().hasField(RULE)).isFalse();
        }
      }
      for (var service : file.getServiceList()) {
        paths |= service.getMethodList().stream().anyMatch(method -> method.hasOptions());
      }
    }
    assertThat(paths).isTrue();
  }
}
