package dev.lantern.sdk.token;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/// Whether bytes are one message and nothing more: every field known, of its declared type, in
/// ascending order, once (a repeated one as often as it likes, one after the other), one of a oneof
/// alone, in nested messages too. What protobuf's own writers write passes; what their readers
/// would merely tolerate (unknown fields, the last of two wins) does not. For messages without
/// packed fields, which is what tokens are.
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
    FieldDescriptor last = null;
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (field == null
          || field.getLiteType().getWireType() != WireFormat.getTagWireType(tag)
          || (last != null && !mayFollow(last, field))) {
        return false;
      }
      last = field;
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

  private static boolean mayFollow(FieldDescriptor last, FieldDescriptor next) {
    if (next.getNumber() == last.getNumber()) {
      return next.isRepeated();
    }
    var choice = next.getRealContainingOneof();
    return next.getNumber() > last.getNumber()
        && (choice == null || !choice.equals(last.getRealContainingOneof()));
  }
}
