package dev.lantern.proving.json;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the peer is generated from: our contracts as they are, less the field rules. A gateway does
/// not check those (services do), and their Go package would be one dependency more.
final class GatewaySource {
  private static final String CONTRACTS = "/lantern.desc";
  private static final String RULES = "buf/validate/validate.proto";
  private static final String MODULE = "lantern.invalid/gateway";

  /// The files whose RPCs clients call.
  private static final List<String> SERVED =
      List.of(
          "lantern/counter/v1/counter_service.proto",
          "lantern/identity/v1/identity_service.proto",
          "lantern/order/v1/order_service.proto",
          "lantern/play/v1/play_service.proto",
          "lantern/wallet/v1/wallet_service.proto");

  private final FileDescriptorSet contracts;

  private GatewaySource(FileDescriptorSet contracts) {
    this.contracts = contracts;
  }

  static GatewaySource load() {
    try (InputStream in = GatewaySource.class.getResourceAsStream(CONTRACTS)) {
      if (in == null) {
        throw new IllegalStateException("the contracts' jar has no " + CONTRACTS);
      }
      return of(FileDescriptorSet.parseFrom(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Parsed without extensions: options stay bytes that are passed on.
  static GatewaySource of(FileDescriptorSet contracts) {
    Set<String> needed = needed(contracts);
    return new GatewaySource(
        FileDescriptorSet.newBuilder()
            .addAllFile(
                contracts.getFileList().stream()
                    .filter(file -> needed.contains(file.getName()))
                    .map(GatewaySource::withoutRules)
                    .toList())
            .build());
  }

  /// The bytes that a build of the peer depends on.
  byte[] bytes() {
    return contracts.toByteArray();
  }

  /// What a plugin of protoc is asked.
  CodeGeneratorRequest forMessages() {
    return request(own());
  }

  /// The same for plugins that write services.
  CodeGeneratorRequest forServices() {
    return request(SERVED);
  }

  private CodeGeneratorRequest request(List<String> files) {
    String packages =
        own().stream()
            .map(file -> ",M%s=%s/gen/%s".formatted(file, MODULE, folder(file)))
            .collect(Collectors.joining());
    return CodeGeneratorRequest.newBuilder()
        .addAllFileToGenerate(files)
        .setParameter("module=" + MODULE + packages)
        .addAllProtoFile(contracts.getFileList())
        .build();
  }

  private List<String> own() {
    return contracts.getFileList().stream()
        .map(FileDescriptorProto::getName)
        .filter(name -> name.startsWith("lantern/"))
        .toList();
  }

  private static String folder(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }

  /// A file comes before those that import it, so one walk from the end finds all.
  private static Set<String> needed(FileDescriptorSet contracts) {
    var needed = new LinkedHashSet<>(SERVED);
    for (FileDescriptorProto file : contracts.getFileList().reversed()) {
      if (needed.contains(file.getName())) {
        needed.addAll(file.getDependencyList());
      }
    }
    needed.remove(RULES);
    return needed;
  }

  private static FileDescriptorProto withoutRules(FileDescriptorProto file) {
    var plain = file.toBuilder().clearSourceCodeInfo().clearDependency();
    file.getDependencyList().stream().filter(it -> !it.equals(RULES)).forEach(plain::addDependency);
    if (file.getName().startsWith("lantern/")) {
      plain.clearMessageType();
      file.getMessageTypeList().forEach(message -> plain.addMessageType(withoutRules(message)));
    }
    return plain.build();
  }

  private static DescriptorProto withoutRules(DescriptorProto message) {
    var plain = message.toBuilder();
    var none = UnknownFieldSet.getDefaultInstance();
    if (message.hasOptions()) {
      plain.getOptionsBuilder().setUnknownFields(none);
    }
    for (FieldDescriptorProto.Builder field : plain.getFieldBuilderList()) {
      if (field.hasOptions()) {
        field.getOptionsBuilder().setUnknownFields(none);
      }
    }
    for (OneofDescriptorProto.Builder oneof : plain.getOneofDeclBuilderList()) {
      if (oneof.hasOptions()) {
        oneof.getOptionsBuilder().setUnknownFields(none);
      }
    }
    plain.clearNestedType();
    message.getNestedTypeList().forEach(nested -> plain.addNestedType(withoutRules(nested)));
    return plain.build();
  }
}
