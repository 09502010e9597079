package dev.lantern.proving.present;

import dev.lantern.order.v1.Budget;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.proving.present.LossBooks.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Holds the books against what users were told.
///
/// @param rows of `orders`, by order number, with what was posted
record LossVerdict(Map<String, Row> rows, long conflicts, List<Copy> held, Budget budget) {

  LossReport report(
      int users,
      long bookedBefore,
      long lost,
      long frozenLeases,
      Presenting presenting,
      double presentS,
      double drainS,
      double seconds) {
    List<String> problems = new ArrayList<>(presenting.problems());
    long bookedOnce = 0;
    long parked = 0;
    long promised = 0;
    for (Copy copy : held) {
      GrabResponse one = copy.told();
      long fen = one.getAward().getAmountFen();
      promised += fen;
      Row row = rows.get(one.getOrderNo());
      if (row != null && row.isBookedOnce(fen)) {
        bookedOnce++;
      } else if (row != null && row.isParked()) {
        parked++;
      } else {
        problems.add(one.getOrderNo() + ": promised " + fen + " fen, in the books as " + row);
      }
    }
    Map<String, Boolean> laws =
        Map.of(
            "KEEP",
            bookedOnce + parked == held.size(),
            "ONCE",
            rows.size() == held.size() && conflicts == 0,
            "CAP",
            budget.getBooked() + budget.getParked() <= budget.getTotal(),
            "DRAIN",
            budget.getLeased() == 0
                && budget.getTotal() == budget.getBooked() + budget.getParked() + budget.getFree()
                && budget.getBooked() + budget.getParked() == promised,
            "APART",
            presenting.refused().getOrDefault("WRONG_USER", 0L) == held.size());
    return new LossReport(
        users,
        held.size(),
        bookedBefore,
        lost,
        presenting.answers(),
        presenting.refused(),
        frozenLeases,
        bookedOnce,
        parked,
        promised,
        budget.getTotal(),
        budget.getBooked(),
        budget.getParked(),
        budget.getFree(),
        budget.getLeased(),
        laws,
        presentS,
        drainS,
        seconds,
        problems);
  }
}
