package dev.lantern.controlplane.resources;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which fields clients may write into a query, over all RPCs of the edge: those of an RPC without
/// a body that are not in its path and are no messages, as google.api.http has it.
final class QueryFields {
  private final Map<String, DescriptorProto> messages = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> others = new TreeSet<>();
  private final Set<String> inPaths = new TreeSet<>();

  QueryFields(FileDescriptorSet contracts) {
    for (var file : contracts.getFileList()) {
      for (var message : file.getMessageTypeList()) {
        messages.put("." + file.getPackage() + "." + message.getName(), message);
      }
    }
  }

  /// Counts an RPC in.
  ///
  /// @param type of its request, with a dot before
  /// @param path with its variables in braces
  void add(String type, String path, boolean body) {
    DescriptorProto message = messages.get(type);
    if (message == null) {
      throw new IllegalStateException("no such message in the contracts: " + type);
    }
    for (FieldDescriptorProto field : message.getFieldList()) {
      boolean inPath = path.contains("{" + field.getName() + "}");
      if (inPath) {
        inPaths.add(field.getName());
        inPaths.add(field.getJsonName());
      }
      boolean inQuery =
          !body && !inPath && field.getType() != FieldDescriptorProto.Type.TYPE_MESSAGE;
      Set<String> one = inQuery ? taken : others;
      one.add(field.getName());
      one.add(field.getJsonName());
    }
  }

  /// Names that no RPC takes from a query. A name that some RPC takes is left to all: the
  /// transcoder knows one list for all of them. So no RPC may take one that stands in another's
  /// path: there it would overrule the path.
  Set<String> notTaken() {
    var both = new TreeSet<>(inPaths);
    both.retainAll(taken);
    if (!both.isEmpty()) {
      throw new IllegalStateException(
          "a query of one RPC would overrule the path of another by " + both);
    }
    var notTaken = new TreeSet<>(others);
    notTaken.removeAll(taken);
    return Set.copyOf(notTaken);
  }
}
