package dev.lantern.simulation.world;

import dev.lantern.ordercenter.present.Presented;
import dev.lantern.simulation.world.ClientCopies.Copy;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Hands copies in, and holds the answer to its word.
///
/// KEEP: what is told to be in the books is there, and a good copy is never refused: its client
/// would throw it away. CAP, APART: what nothing is owed for is refused, for its reason.
final class CopyLaw {
  private static final String UNCONFIRMED = "UNCONFIRMED";

  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private final World world;

  CopyLaw(World world) {
    this.world = world;
  }

  /// Something that is handed in.
  sealed interface Handed {
    SignedToken token();

    record Good(Copy copy) implements Handed {
      @Override
      public SignedToken token() {
        return copy.token;
      }
    }

    /// What nothing is owed for.
    ///
    /// @param problem what must be said of it
    record Bad(SignedToken token, String problem) implements Handed {}
  }

  /// The answers, in their order; empty when none came.
  Optional<List<Presented>> handIn(long user, List<Handed> handed) {
    ApiProcess api = world.anApi();
    List<SignedToken> tokens = handed.stream().map(Handed::token).toList();
    Optional<List<Presented>> answers =
        Rpc.call(
                world.baton,
                world.dice,
                api.life,
                api.life.name() + ".present",
                DEADLINE,
                () -> api.more.presenting().enter(user, tokens))
            .flatMap(answer -> answer);
    answers.ifPresent(told -> judge(handed, told));
    return answers;
  }

  private void judge(List<Handed> handed, List<Presented> answers) {
    for (int i = 0; i < handed.size(); i++) {
      switch (handed.get(i)) {
        case Handed.Good(Copy copy) -> judge(copy, answers.get(i));
        case Handed.Bad(_, String problem) -> judge(problem, answers.get(i));
      }
    }
  }

  private void judge(Copy copy, Presented answer) {
    String number = copy.story.orderNo;
    world.hits.tally("copies " + answer.getClass().getSimpleName().toLowerCase(Locale.ROOT), 1);
    world.witness.note("presented", number + " " + answer.getClass().getSimpleName());
    switch (answer) {
      case Presented.Booked _, Presented.Known _, Presented.Parked _ -> {
        world.copies.isDone(copy);
        if (!world.witness.isCovered(copy.story, copy.ack)) {
          world.witness.broken("KEEP", number + " is told to be in the books, and is not");
        }
      }
      case Presented.Kept _, Presented.Outstanding _ -> {}
      // By a list that may be older than its key.
      case Presented.NotRead(_, String why) when why.equals(UNCONFIRMED) -> {}
      case Presented.NotRead _ ->
          world.witness.broken("KEEP", number + " is told to be of no known campaign");
      case Presented.Refused(String problem) ->
          world.witness.broken("KEEP", number + " is refused, " + problem);
    }
  }

  private void judge(String problem, Presented answer) {
    world.hits.tally("copies nothing is owed for", 1);
    boolean refused = answer instanceof Presented.Refused(String said) && said.equals(problem);
    // A key that an old list lacks may be newer: nothing is paid, and nothing is said for certain.
    boolean open =
        problem.equals("UNKNOWN_KEY")
            && answer instanceof Presented.NotRead(_, String why)
            && why.equals(UNCONFIRMED);
    if (!refused && !open) {
      world.witness.broken(
          problem.startsWith("WRONG") ? "APART" : "CAP", problem + " is answered by " + answer);
    }
  }
}
