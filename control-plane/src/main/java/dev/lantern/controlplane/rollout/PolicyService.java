package dev.lantern.controlplane.rollout;

import com.google.protobuf.util.Timestamps;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.mesh.Mesh;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.xds.Ledger;
import dev.lantern.controlplane.xds.NodeStanding;
import dev.lantern.controlplane.xds.XdsServer;
import dev.lantern.mesh.v1.ApplyPolicyRequest;
import dev.lantern.mesh.v1.ApplyPolicyResponse;
import dev.lantern.mesh.v1.GetPolicyRequest;
import dev.lantern.mesh.v1.GetPolicyResponse;
import dev.lantern.mesh.v1.GetRolloutRequest;
import dev.lantern.mesh.v1.GetRolloutResponse;
import dev.lantern.mesh.v1.ListRevisionsRequest;
import dev.lantern.mesh.v1.ListRevisionsResponse;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.mesh.v1.PolicyRevision;
import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.mesh.v1.ValidatePolicyRequest;
import dev.lantern.mesh.v1.ValidatePolicyResponse;
import dev.lantern.runtime.errors.Refused;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The policy API: proto to domain and back, nothing else.
public final class PolicyService extends PolicyServiceGrpc.PolicyServiceImplBase {
  /// The documents of a request together: as much as a policy may have.
  public static final int MOST_DOCUMENT_BYTES = DocumentReader.MOST_BYTES;

  private static final int MOST_ON_A_PAGE = 100;
  private static final int ON_A_PAGE = 50;
  private static final int MOST_VIOLATIONS = 50;

  private final Edits edits;
  private final RevisionStore store;
  private final Mesh mesh;
  private final XdsServer xds;
  private final Ledger ledger;

  public PolicyService(Edits edits, RevisionStore store, Mesh mesh, XdsServer xds, Ledger ledger) {
    this.edits = edits;
    this.store = store;
    this.mesh = mesh;
    this.xds = xds;
    this.ledger = ledger;
  }

  @Override
  public void validatePolicy(
      ValidatePolicyRequest request, StreamObserver<ValidatePolicyResponse> out) {
    var response = ValidatePolicyResponse.newBuilder();
    edits
        .validate(documents(request.getDocumentsList()))
        .forEach(problem -> response.addProblems(Rollout.told(problem)));
    answer(out, response.build());
  }

  @Override
  public void applyPolicy(ApplyPolicyRequest request, StreamObserver<ApplyPolicyResponse> out) {
    var edit =
        new Edits.Edit(
            documents(request.getDocumentsList()),
            request.getEtag(),
            request.getAuthor(),
            request.getReason(),
            request.getRequestId());
    Revision revision =
        switch (edits.apply(edit)) {
          case Edits.Outcome.Applied applied -> applied.revision();
          case Edits.Outcome.Rejected rejected -> throw rejected(rejected.problems());
          case Edits.Outcome.Stale stale ->
              throw Refused.of(
                      Reason.REASON_STALE_ETAG, "the newest revision is " + stale.newest().number())
                  .field("etag")
                  .with("revision", Long.toString(stale.newest().number()));
        };
    answer(out, ApplyPolicyResponse.newBuilder().setRevision(told(revision)).build());
  }

  private static Refused rejected(List<Problem> problems) {
    Problem first = problems.getFirst();
    Refused refused =
        Refused.of(Reason.REASON_POLICY_REJECTED, first.code() + ": " + first.message())
            .with("document", first.document())
            .with("line", Integer.toString(first.line()));
    for (Problem problem : problems.stream().limit(MOST_VIOLATIONS).toList()) {
      refused =
          refused.violation(
              problem.document() + ":" + problem.line(), problem.code() + ": " + problem.message());
    }
    return refused;
  }

  @Override
  public void listRevisions(
      ListRevisionsRequest request, StreamObserver<ListRevisionsResponse> out) {
    int size =
        Math.min(request.getPageSize() == 0 ? ON_A_PAGE : request.getPageSize(), MOST_ON_A_PAGE);
    List<Revision> page = store.list(below(request.getPageToken()), size);
    var response = ListRevisionsResponse.newBuilder();
    page.forEach(revision -> response.addRevisions(told(revision)));
    if (page.size() == size) {
      response.setNextPageToken(Long.toString(page.getLast().number()));
    }
    answer(out, response.build());
  }

  private static long below(String token) {
    try {
      return token.isEmpty() ? Long.MAX_VALUE : Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "not a token of ours").field("page_token");
    }
  }

  @Override
  public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> out) {
    Revision revision =
        request.getRevision() == 0
            ? store.newest()
            : store
                .find(request.getRevision())
                .orElseThrow(() ->
                    Refused.of(Reason.REASON_NOT_FOUND, "no such revision").field("revision"));
    var response = GetPolicyResponse.newBuilder().setRevision(told(revision));
    revision
        .documents()
        .forEach(document ->
            response.addDocuments(
                PolicyDocument.newBuilder().setName(document.name()).setYaml(document.yaml())));
    answer(out, response.build());
  }

  @Override
  public void getRollout(GetRolloutRequest request, StreamObserver<GetRolloutResponse> out) {
    var response = GetRolloutResponse.newBuilder().setRevision(told(mesh.revision()));
    for (NodeStanding node : ledger.standings()) {
      response.addNodes(Rollout.of(node, xds.versions(node.group()), mesh.inputs().policy()));
    }
    answer(out, response.build());
  }

  private static Map<String, String> documents(List<PolicyDocument> given) {
    var documents = new LinkedHashMap<String, String>();
    if (given.stream().mapToLong(one -> one.getYamlBytes().size()).sum() > MOST_DOCUMENT_BYTES) {
      throw Refused.of(
              Reason.REASON_INVALID_FIELD,
              "all documents together must be at most " + MOST_DOCUMENT_BYTES + " bytes")
          .field("documents");
    }
    for (PolicyDocument document : given) {
      if (documents.put(document.getName(), document.getYaml()) != null) {
        throw Refused.of(
                Reason.REASON_INVALID_FIELD, "document " + document.getName() + " is given twice")
            .field("documents");
      }
    }
    return documents;
  }

  private static PolicyRevision told(Revision revision) {
    return PolicyRevision.newBuilder()
        .setRevision(revision.number())
        .setEtag(revision.etag())
        .setAuthor(revision.author())
        .setReason(revision.reason())
        .setCreateTime(Timestamps.fromMillis(revision.at().toEpochMilli()))
        .build();
  }

  private static <A> void answer(StreamObserver<A> out, A answer) {
    out.onNext(answer);
    out.onCompleted();
  }
}
