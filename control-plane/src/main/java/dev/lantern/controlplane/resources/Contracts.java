package dev.lantern.controlplane.resources;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.rpc.ErrorDetailsProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The contracts as Envoy's transcoder wants them: every file they need, `error_details.proto`
/// among them (without it an error's JSON body is empty), and no comments, which would treble the
/// listener.
public final class Contracts {
  private static final String RESOURCE = "/lantern.desc";

  private Contracts() {}

  public static FileDescriptorSet load() {
    var registry = ExtensionRegistry.newInstance();
    registry.add(AnnotationsProto.http);
    try (InputStream in = Contracts.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the contracts' jar has no " + RESOURCE);
      }
      return lean(FileDescriptorSet.parseFrom(in, registry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileDescriptorSet lean(FileDescriptorSet all) {
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    for (FileDescriptorProto file : all.getFileList()) {
      files.put(file.getName(), file.toBuilder().clearSourceCodeInfo().build());
    }
    FileDescriptorProto details = ErrorDetailsProto.getDescriptor().toProto();
    files.putIfAbsent(details.getName(), details);
    return FileDescriptorSet.newBuilder().addAllFile(files.values()).build();
  }
}
