package dev.lantern.controlplane.rollout;

import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.mesh.Mesh;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.Ledger;
import dev.lantern.controlplane.xds.NodeStanding;
import dev.lantern.controlplane.xds.XdsServer;
import dev.lantern.mesh.v1.ApplyPolicyRequest;
import dev.lantern.mesh.v1.ApplyPolicyResponse;
import dev.lantern.mesh.v1.DiffPolicyRequest;
import dev.lantern.mesh.v1.DiffPolicyResponse;
import dev.lantern.mesh.v1.GetPolicyRequest;
import dev.lantern.mesh.v1.GetPolicyResponse;
import dev.lantern.mesh.v1.GetRolloutRequest;
import dev.lantern.mesh.v1.GetRolloutResponse;
import dev.lantern.mesh.v1.ListAuditRequest;
import dev.lantern.mesh.v1.ListAuditResponse;
import dev.lantern.mesh.v1.ListRevisionsRequest;
import dev.lantern.mesh.v1.ListRevisionsResponse;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.mesh.v1.PreviewPolicyRequest;
import dev.lantern.mesh.v1.PreviewPolicyResponse;
import dev.lantern.mesh.v1.RollbackPolicyRequest;
import dev.lantern.mesh.v1.RollbackPolicyResponse;
import dev.lantern.mesh.v1.ValidatePolicyRequest;
import dev.lantern.mesh.v1.ValidatePolicyResponse;
import dev.lantern.runtime.errors.Refused;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;

/// The policy API: proto to domain and back, nothing else.
public final class PolicyService extends PolicyServiceGrpc.PolicyServiceImplBase {
  /// The documents of a request together: as much as a policy may have.
  public static final int MOST_DOCUMENT_BYTES = DocumentReader.MOST_BYTES;

  private static final int MOST_ON_A_PAGE = 100;
  private static final int ON_A_PAGE = 50;
  private static final int MOST_VIOLATIONS = 50;

  private final Edits edits;
  private final Preview previews;
  private final RevisionStore store;
  private final AuditStore audit;
  private final Mesh mesh;
  private final XdsServer xds;
  private final Ledger ledger;
  private final Looks looks = new Looks(Duration.ofSeconds(2));

  public PolicyService(
      Edits edits,
      Preview previews,
      RevisionStore store,
      AuditStore audit,
      Mesh mesh,
      XdsServer xds,
      Ledger ledger) {
    this.edits = edits;
    this.previews = previews;
    this.store = store;
    this.audit = audit;
    this.mesh = mesh;
    this.xds = xds;
    this.ledger = ledger;
  }

  @Override
  public void validatePolicy(
      ValidatePolicyRequest request, StreamObserver<ValidatePolicyResponse> out) {
    var change = Asked.change(request.getDocumentsList(), request.getRemoveList());
    var response = ValidatePolicyResponse.newBuilder();
    looks
        .at(() -> edits.validate(change.yamlByName(), change.removed()))
        .forEach(problem -> response.addProblems(Rollout.told(problem)));
    answer(out, response.build());
  }

  @Override
  public void previewPolicy(
      PreviewPolicyRequest request, StreamObserver<PreviewPolicyResponse> out) {
    var change = Asked.change(request.getDocumentsList(), request.getRemoveList());
    answer(
        out,
        PolicyMessages.preview(looks.at(() -> previews.of(change.yamlByName(), change.removed()))));
  }

  @Override
  public void applyPolicy(ApplyPolicyRequest request, StreamObserver<ApplyPolicyResponse> out) {
    var edit =
        new Edits.Edit(
            Asked.change(request.getDocumentsList(), request.getRemoveList()),
            request.getEtag(),
            Signed.because(request.getAuthor(), request.getReason()),
            Asked.id(request.getRequestId()),
            "policy.apply");
    Edits.Outcome.Applied applied = applied(edits.apply(edit));
    var response =
        ApplyPolicyResponse.newBuilder().setRevision(PolicyMessages.revision(applied.revision()));
    applied.advice().forEach(problem -> response.addProblems(Rollout.told(problem)));
    answer(out, response.build());
  }

  @Override
  public void rollbackPolicy(
      RollbackPolicyRequest request, StreamObserver<RollbackPolicyResponse> out) {
    var edit =
        new Edits.Edit(
            new Edits.Change.BackTo(request.getRevision()),
            request.getEtag(),
            Signed.because(request.getAuthor(), request.getReason()),
            Asked.id(request.getRequestId()),
            "policy.rollback");
    Revision revision = applied(edits.apply(edit)).revision();
    answer(
        out,
        RollbackPolicyResponse.newBuilder().setRevision(PolicyMessages.revision(revision)).build());
  }

  private static Edits.Outcome.Applied applied(Edits.Outcome outcome) {
    return switch (outcome) {
      case Edits.Outcome.Applied applied -> applied;
      case Edits.Outcome.Rejected rejected -> throw rejected(rejected.problems());
      case Edits.Outcome.OtherEdit other ->
          throw Refused.of(
                  Reason.REASON_INVALID_FIELD,
                  "another edit had this id and made revision " + other.made().number())
              .field("request_id");
      case Edits.Outcome.NoSuchRevision _ ->
          throw Refused.of(Reason.REASON_NOT_FOUND, "no such revision").field("revision");
      case Edits.Outcome.Stale stale ->
          throw Refused.of(
                  Reason.REASON_STALE_ETAG, "the newest revision is " + stale.newest().number())
              .field("etag")
              .with("revision", Long.toString(stale.newest().number()));
    };
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
  public void diffPolicy(DiffPolicyRequest request, StreamObserver<DiffPolicyResponse> out) {
    Revision from = revision(request.getFromRevision(), "from_revision");
    Revision to = revision(request.getToRevision(), "to_revision");
    answer(
        out,
        PolicyMessages.diff(
            from.number(), to.number(), previews.between(from.documents(), to.documents())));
  }

  @Override
  public void listRevisions(
      ListRevisionsRequest request, StreamObserver<ListRevisionsResponse> out) {
    int size = size(request.getPageSize());
    List<Revision> page = store.list(Asked.below(request.getPageToken()), size);
    var response = ListRevisionsResponse.newBuilder();
    page.forEach(revision -> response.addRevisions(PolicyMessages.revision(revision)));
    if (page.size() == size) {
      response.setNextPageToken(Long.toString(page.getLast().number()));
    }
    answer(out, response.build());
  }

  @Override
  public void listAudit(ListAuditRequest request, StreamObserver<ListAuditResponse> out) {
    int size = size(request.getPageSize());
    List<AuditEvent> page =
        audit.list(Asked.below(request.getPageToken()), request.getActionPrefix(), size);
    var response = ListAuditResponse.newBuilder();
    page.forEach(event -> response.addEvents(PolicyMessages.event(event)));
    if (page.size() == size) {
      response.setNextPageToken(Long.toString(page.getLast().number()));
    }
    answer(out, response.build());
  }

  private static int size(int asked) {
    return Math.min(asked == 0 ? ON_A_PAGE : asked, MOST_ON_A_PAGE);
  }

  @Override
  public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> out) {
    Revision revision = revision(request.getRevision(), "revision");
    var response = GetPolicyResponse.newBuilder().setRevision(PolicyMessages.revision(revision));
    revision
        .documents()
        .forEach(document ->
            response.addDocuments(
                PolicyDocument.newBuilder().setName(document.name()).setYaml(document.yaml())));
    answer(out, response.build());
  }

  private Revision revision(long number, String field) {
    return number == 0
        ? store.newest()
        : store
            .find(number)
            .orElseThrow(
                () -> Refused.of(Reason.REASON_NOT_FOUND, "no such revision").field(field));
  }

  @Override
  public void getRollout(GetRolloutRequest request, StreamObserver<GetRolloutResponse> out) {
    var policy = mesh.inputs().policy();
    var response =
        GetRolloutResponse.newBuilder().setRevision(PolicyMessages.revision(mesh.revision()));
    List<NodeStanding> standings = ledger.standings();
    for (NodeStanding node : standings) {
      response.addNodes(Rollout.of(node, xds.versions(node.group()), policy));
    }
    answer(
        out,
        response
            .addAllRules(RuleRollouts.of(policy, standings, xds.versions(Group.GATEWAY)))
            .build());
  }

  private static <A> void answer(StreamObserver<A> out, A answer) {
    out.onNext(answer);
    out.onCompleted();
  }
}
