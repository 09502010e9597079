package dev.lantern.proving.json;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Makes the corpus's requests: from the contracts, the same ones every time.
final class CorpusMaker {
  /// Further RPCs differ in nothing that depends on these.
  private static final List<Rpcs> ROUTED = List.of(Rpcs.GRAB, Rpcs.LIST_FLOWS);

  private CorpusMaker() {}

  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    var nothing = new Script.Reply(new JsonObject());
    var tried = new HashSet<String>();
    for (Rpcs rpc : Rpcs.values()) {
      if (ROUTED.contains(rpc)) {
        cases.addAll(RoutingCases.of(rpc, nothing));
      }
      cases.addAll(RequestCases.of(rpc, nothing, tried));
      cases.addAll(AnswerCases.replies(rpc, tried));
    }
    cases.addAll(AnswerCases.refusals(Rpcs.GET_ORDER));
    var names = new HashSet<String>();
    for (Case one : cases) {
      if (!names.add(one.name())) {
        throw new IllegalStateException("two cases are called " + one.name());
      }
    }
    return Marks.load().on(cases);
  }
}
