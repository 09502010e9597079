package dev.lantern.controlplane.levels;

import com.google.protobuf.util.Durations;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.policy.Spans;
import dev.lantern.controlplane.switches.Load;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.switches.SwitchService;
import dev.lantern.mesh.v1.ApproveLevelRequest;
import dev.lantern.mesh.v1.ApproveLevelResponse;
import dev.lantern.mesh.v1.ListLevelChangesRequest;
import dev.lantern.mesh.v1.ListLevelChangesResponse;
import dev.lantern.mesh.v1.ListLevelsRequest;
import dev.lantern.mesh.v1.ListLevelsResponse;
import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.ListSwitchesResponse;
import dev.lantern.mesh.v1.RefuseLevelRequest;
import dev.lantern.mesh.v1.RefuseLevelResponse;
import dev.lantern.mesh.v1.ReportSwitchesRequest;
import dev.lantern.mesh.v1.ReportSwitchesResponse;
import dev.lantern.mesh.v1.ReviewLevelRequest;
import dev.lantern.mesh.v1.ReviewLevelResponse;
import dev.lantern.mesh.v1.SetLevelRequest;
import dev.lantern.mesh.v1.SetLevelResponse;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.SetSwitchResponse;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.WatchSwitchesRequest;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The contract `lantern.mesh.v1.SwitchService`: switches and levels; proto to domain and back,
/// nothing else.
public final class SwitchApi extends SwitchServiceGrpc.SwitchServiceImplBase {
  private static final int MOST_ON_A_PAGE = 100;
  private static final int ON_A_PAGE = 50;

  private final SwitchService switches;
  private final LevelDesk levels;
  private final LevelStore changes;
  private final SwitchBoard board;
  private final Load load;
  private final InstantSource clock;

  public SwitchApi(
      SwitchService switches,
      LevelDesk levels,
      LevelStore changes,
      SwitchBoard board,
      Load load,
      InstantSource clock) {
    this.switches = switches;
    this.levels = levels;
    this.changes = changes;
    this.board = board;
    this.load = load;
    this.clock = clock;
  }

  @Override
  public void listSwitches(ListSwitchesRequest request, StreamObserver<ListSwitchesResponse> out) {
    answer(out, switches.list());
  }

  @Override
  public void setSwitch(SetSwitchRequest request, StreamObserver<SetSwitchResponse> out) {
    answer(out, switches.set(request));
  }

  @Override
  public void watchSwitches(
      WatchSwitchesRequest request, StreamObserver<WatchSwitchesResponse> out) {
    switches.watch(request, out);
  }

  @Override
  public void reportSwitches(
      ReportSwitchesRequest request, StreamObserver<ReportSwitchesResponse> out) {
    switches.report(request, RequestContext.current().caller().name());
    answer(out, ReportSwitchesResponse.getDefaultInstance());
  }

  @Override
  public void setLevel(SetLevelRequest request, StreamObserver<SetLevelResponse> out) {
    if (request.hasLasting() && !Durations.isValid(request.getLasting())) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "lasting is no duration").field("lasting");
    }
    var ask =
        new LevelDesk.Ask(
            Integer.parseInt(request.getLevel().substring(1)),
            Duration.ofSeconds(request.getLasting().getSeconds(), request.getLasting().getNanos()),
            request.getBreakGlass(),
            Signed.by(request.getAuthor(), request.getReason()),
            request.getRequestId());
    answer(out, SetLevelResponse.newBuilder().setChange(told(levels.ask(ask))).build());
  }

  @Override
  public void approveLevel(ApproveLevelRequest request, StreamObserver<ApproveLevelResponse> out) {
    Signed second = Signed.by(request.getAuthor(), request.getReason());
    var outcome = levels.approve(request.getChangeId(), second);
    answer(out, ApproveLevelResponse.newBuilder().setChange(told(outcome)).build());
  }

  @Override
  public void refuseLevel(RefuseLevelRequest request, StreamObserver<RefuseLevelResponse> out) {
    Signed second = Signed.by(request.getAuthor(), request.getReason());
    var outcome = levels.refuse(request.getChangeId(), second);
    answer(out, RefuseLevelResponse.newBuilder().setChange(told(outcome)).build());
  }

  @Override
  public void reviewLevel(ReviewLevelRequest request, StreamObserver<ReviewLevelResponse> out) {
    Signed reviewer = Signed.by(request.getAuthor(), request.getNote());
    var outcome = levels.review(request.getChangeId(), reviewer);
    answer(out, ReviewLevelResponse.newBuilder().setChange(told(outcome)).build());
  }

  @Override
  public void listLevels(ListLevelsRequest request, StreamObserver<ListLevelsResponse> out) {
    answer(out, LevelMessages.listed(board.table(), load.busyPercent(), clock.instant()));
  }

  @Override
  public void listLevelChanges(
      ListLevelChangesRequest request, StreamObserver<ListLevelChangesResponse> out) {
    int size =
        Math.min(request.getPageSize() == 0 ? ON_A_PAGE : request.getPageSize(), MOST_ON_A_PAGE);
    List<LevelChange> page = changes.list(below(request.getPageToken()), request.getOpen(), size);
    var response = ListLevelChangesResponse.newBuilder();
    page.forEach(change -> response.addChanges(LevelMessages.change(change)));
    if (page.size() == size) {
      response.setNextPageToken(Long.toString(page.getLast().id()));
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

  private static dev.lantern.mesh.v1.LevelChange told(LevelDesk.Outcome outcome) {
    return switch (outcome) {
      case LevelDesk.Outcome.Done done -> LevelMessages.change(done.change());
      case LevelDesk.Outcome.NoSuchLevel _ ->
          throw Refused.of(Reason.REASON_NOT_FOUND, "the policy has no such level").field("level");
      case LevelDesk.Outcome.NoSuchChange _ ->
          throw Refused.of(Reason.REASON_NOT_FOUND, "no such change").field("change_id");
      case LevelDesk.Outcome.LastsWrong wrong ->
          throw Refused.of(
                  Reason.REASON_INVALID_FIELD,
                  wrong.longest().isZero()
                      ? "level 0 lasts until another is entered"
                      : "this level lasts up to " + Spans.text(wrong.longest()))
              .field("lasting");
      case LevelDesk.Outcome.SamePerson _ ->
          throw refused(
              Reason.REASON_SELF_APPROVAL, "a second person has a certificate of their own");
      case LevelDesk.Outcome.Changed _ ->
          throw refused(
              Reason.REASON_WRONG_STATE,
              "the policy has changed what the level does since it was asked for; ask again");
      case LevelDesk.Outcome.WrongState wrong ->
          throw refused(Reason.REASON_WRONG_STATE, "it is " + wrong.change().state())
              .with("state", wrong.change().state().name());
    };
  }

  private static Refused refused(Reason reason, String words) {
    return Refused.of(reason, words).field("change_id");
  }

  private static <A> void answer(StreamObserver<A> out, A answer) {
    out.onNext(answer);
    out.onCompleted();
  }
}
