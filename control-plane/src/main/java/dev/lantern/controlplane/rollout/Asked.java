package dev.lantern.controlplane.rollout;

import dev.lantern.common.v1.Reason;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.runtime.errors.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// What a request asks for, where its field rules could not say all.
final class Asked {
  private static final List<String> OUR_IDS = List.of("expire-", "restore-");

  private Asked() {}

  static Edits.Change.Over change(List<PolicyDocument> given, List<String> removed) {
    var documents = new LinkedHashMap<String, String>();
    long bytes = given.stream().mapToLong(one -> one.getYamlBytes().size()).sum();
    if (bytes > PolicyService.MOST_DOCUMENT_BYTES) {
      throw refused(
          "all documents together must be at most " + PolicyService.MOST_DOCUMENT_BYTES + " bytes");
    }
    for (PolicyDocument document : given) {
      if (documents.put(document.getName(), document.getYaml()) != null) {
        throw refused("document " + document.getName() + " is given twice");
      }
    }
    if (documents.isEmpty() && removed.isEmpty()) {
      throw refused("name a document to put or to remove");
    }
    Set<String> gone = Set.copyOf(removed);
    if (gone.stream().anyMatch(documents::containsKey)) {
      throw refused("a document is put and removed");
    }
    return new Edits.Change.Over(documents, gone);
  }

  /// A request's id; those that our own edits have are not for others.
  static String id(String requestId) {
    if (requestId.equals("seed") || OUR_IDS.stream().anyMatch(requestId::startsWith)) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "an id that the control plane keeps for itself")
          .field("request_id");
    }
    return requestId;
  }

  static long below(String token) {
    try {
      return token.isEmpty() ? Long.MAX_VALUE : Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "not a token of ours").field("page_token");
    }
  }

  private static Refused refused(String words) {
    return Refused.of(Reason.REASON_INVALID_FIELD, words).field("documents");
  }
}
