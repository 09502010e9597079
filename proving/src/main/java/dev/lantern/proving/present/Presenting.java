package dev.lantern.proving.present;

import com.google.protobuf.ByteString;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.proving.rain.Waits;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.wallet.v1.PresentedState;
import dev.lantern.wallet.v1.PresentedToken;
import dev.lantern.wallet.v1.Wallet;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Everybody hands in what they hold, until the server says of each that it is in the books.
///
/// Each user presents twice at once, by one of three ways; and every user presents what is not owed
/// to them: a neighbour's token and their own with a fen more on it.
final class Presenting {
  private static final int TRIES = 60;
  private static final int AT_ONCE = 8;
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final String activityId;
  private final List<Copy> held;
  private final Waits waits;
  private final Map<String, Long> answers = new TreeMap<>();
  private final Map<String, Long> refused = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  Presenting(String activityId, List<Copy> held, Waits waits) {
    this.activityId = activityId;
    this.held = List.copyOf(held);
    this.waits = waits;
  }

  Map<String, Long> answers() {
    return answers;
  }

  Map<String, Long> refused() {
    return refused;
  }

  List<String> problems() {
    return problems;
  }

  void run() {
    List<Callable<Void>> calls = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      Copy copy = held.get(i);
      Copy neighbours = held.get((i + 1) % held.size());
      int way = i % 3;
      calls.add(once(() -> presentWrong(copy, neighbours)));
      calls.add(once(() -> present(copy, way)));
      calls.add(once(() -> present(copy, way)));
    }
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    } catch (ExecutionException e) {
      problem("presenting broke: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Callable<Void> once(Runnable action) {
    return () -> {
      action.run();
      return null;
    };
  }

  private void present(Copy copy, int way) {
    Holder holder = copy.holder();
    GrabResponse told = copy.told();
    List<SignedToken> copies = List.of(told.getToken());
    String last = "";
    for (int tried = 0; tried < TRIES; tried++) {
      try {
        if (way == 2 && tried == 0) {
          look(holder, told, copies);
        }
        PresentedToken answer =
            (way == 1 ? holder.presentAsJson(copies) : holder.present(copies)).getFirst();
        last = name(answer);
        if (isInTheBooks(answer.getState())) {
          count(answers, last);
          return;
        }
      } catch (StatusRuntimeException | IllegalStateException notNow) {
        last = String.valueOf(notNow.getMessage());
      }
      waits.sleep(AGAIN);
    }
    problem(told.getOrderNo() + " did not come into the books: " + last);
  }

  /// VIEW: with its copy given, the wallet shows at once what was promised, booked or not.
  private void look(Holder holder, GrabResponse told, List<SignedToken> copies) {
    Wallet wallet = holder.wallet(activityId, copies);
    boolean handedIn = !wallet.getDegradedSourcesList().contains("copies");
    if (handedIn && wallet.getBalanceFen() != told.getAward().getAmountFen()) {
      problem("the wallet with " + told.getOrderNo() + " shows " + wallet.getBalanceFen());
    }
  }

  private void presentWrong(Copy copy, Copy neighbours) {
    SignedToken own = copy.told().getToken();
    SignedToken others = neighbours.told().getToken();
    byte[] raised = own.getPayload().toByteArray();
    raised[raised.length - 1] ^= 1;
    SignedToken forged = own.toBuilder().setPayload(ByteString.copyFrom(raised)).build();
    for (int tried = 0; tried < TRIES; tried++) {
      try {
        List<PresentedToken> told = copy.holder().present(List.of(others, forged));
        if (told.stream().noneMatch(Presenting::isUnread)) {
          told.forEach(this::refused);
          return;
        }
        waits.sleep(AGAIN);
      } catch (StatusRuntimeException notNow) {
        waits.sleep(AGAIN);
      }
    }
    problem("no answer about what is not owed");
  }

  private void refused(PresentedToken answer) {
    if (answer.getState() == PresentedState.PRESENTED_STATE_REFUSED) {
      count(refused, answer.getProblem());
    } else {
      problem("what is not owed was taken: " + name(answer));
    }
  }

  /// Nothing was said of it yet, not even whose it is.
  private static boolean isUnread(PresentedToken answer) {
    return answer.getState() == PresentedState.PRESENTED_STATE_OUTSTANDING
        && answer.getOrderNo().isEmpty();
  }

  private static boolean isInTheBooks(PresentedState state) {
    return switch (state) {
      case PRESENTED_STATE_BOOKED, PRESENTED_STATE_KNOWN, PRESENTED_STATE_PARKED -> true;
      case PRESENTED_STATE_KEPT,
          PRESENTED_STATE_OUTSTANDING,
          PRESENTED_STATE_REFUSED,
          PRESENTED_STATE_UNSPECIFIED,
          UNRECOGNIZED ->
          false;
    };
  }

  private static String name(PresentedToken answer) {
    String state = answer.getState().name().substring("PRESENTED_STATE_".length());
    return answer.getProblem().isEmpty() ? state : state + " " + answer.getProblem();
  }

  private synchronized void count(Map<String, Long> counts, String name) {
    counts.merge(name, 1L, Long::sum);
  }

  private synchronized void problem(String what) {
    problems.add(what);
  }
}
