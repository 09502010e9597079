package dev.lantern.controlplane.facts;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.ErrorDetailsProto;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A contract of two calls, one of them a stream: `GET /say` and `GET /count`, each with a `word`
/// and a `number`.
final class EchoContract {
  static final String SERVICE = "facts.Echo";

  private EchoContract() {}

  /// A descriptor set in base64, as a transcoder takes it inline.
  static String descriptors(boolean withErrorDetails) {
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    add(files, AnnotationsProto.getDescriptor());
    if (withErrorDetails) {
      add(files, ErrorDetailsProto.getDescriptor());
    }
    files.put("echo.proto", echo());
    byte[] set = FileDescriptorSet.newBuilder().addAllFile(files.values()).build().toByteArray();
    return Base64.getEncoder().encodeToString(set);
  }

  /// Imports before those that import them.
  private static void add(Map<String, FileDescriptorProto> files, FileDescriptor file) {
    file.getDependencies().forEach(imported -> add(files, imported));
    files.put(file.getName(), file.toProto());
  }

  private static FileDescriptorProto echo() {
    return FileDescriptorProto.newBuilder()
        .setName("echo.proto")
        .setPackage("facts")
        .setSyntax("proto3")
        .addDependency("google/api/annotations.proto")
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("Said")
                .addField(field("word", 1, FieldDescriptorProto.Type.TYPE_STRING))
                .addField(field("number", 2, FieldDescriptorProto.Type.TYPE_INT64)))
        .addService(
            ServiceDescriptorProto.newBuilder()
                .setName("Echo")
                .addMethod(method("Say", "/say", false))
                .addMethod(method("Count", "/count", true)))
        .build();
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setJsonName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .build();
  }

  private static MethodDescriptorProto method(String name, String path, boolean streams) {
    return MethodDescriptorProto.newBuilder()
        .setName(name)
        .setInputType(".facts.Said")
        .setOutputType(".facts.Said")
        .setServerStreaming(streams)
        .setOptions(
            MethodOptions.newBuilder()
                .setExtension(AnnotationsProto.http, HttpRule.newBuilder().setGet(path).build()))
        .build();
  }
}
