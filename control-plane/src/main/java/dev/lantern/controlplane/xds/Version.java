package dev.lantern.controlplane.xds;

import com.google.common.hash.Hashing;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A resource's version: a hash of its bytes, so that a restarted control plane, or a second one,
/// gives the same resource the same version and sends nothing anew.
final class Version {
  private Version() {}

  static String of(Message resource) {
    return Hashing.sha256().hashBytes(deterministic(resource)).toString().substring(0, 20);
  }

  private static byte[] deterministic(Message resource) {
    var bytes = new ByteArrayOutputStream(resource.getSerializedSize());
    var out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      resource.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
