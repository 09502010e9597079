package dev.lantern.tokenservice.token;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/// Whether bytes are one message and nothing more: every field known, of its declared type, given
/// once and in ascending order, in nested messages too. What protobuf's own parsers write passes;
/// what they would merely tolerate (unknown fields, the last of two wins) does not. For messages of
/// singular fields without packing, which is what a token is.
final class StrictWire {

  private StrictWire() {}

  static boolean isExactly(Descriptor type, byte[] bytes) {
    try {
      return isExactly(type, CodedInputStream.newInstance(bytes));
    } catch (IOException _) {
      return false; // Truncated, or a malformed varint.
    }
  }

  private static boolean isExactly(Descriptor type, CodedInputStream in) throws IOException {
    int last = 0;
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      int number = WireFormat.getTagFieldNumber(tag);
      FieldDescriptor field = type.findFieldByNumber(number);
      boolean declared =
          field != null
              && !field.isRepeated()
              && field.getLiteType().getWireType() == WireFormat.getTagWireType(tag);
      if (!declared || number <= last) {
        return false;
      }
      last = number;
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        if (!isExactly(field.getMessageType(), in.readByteArray())) {
          return false;
        }
      } else if (!in.skipField(tag)) {
        return false;
      }
    }
    return true;
  }
}
