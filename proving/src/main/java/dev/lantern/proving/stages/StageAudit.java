package dev.lantern.proving.stages;

import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.stages.StageCheck.Handed;
import dev.lantern.proving.stages.StageCheck.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The check over a run's rows; and over the same rows with an order moved to another stage behind
/// the service's back, which it must report. What is planted is rolled back: nobody else sees it.
public final class StageAudit {
  private final StackAccess stack;
  private final StageOracle oracle;
  private final String activityId;
  private final List<Handed> handed;

  public StageAudit(StackAccess stack, StageOracle oracle, String activityId, List<Handed> handed) {
    this.stack = stack;
    this.oracle = oracle;
    this.activityId = activityId;
    this.handed = List.copyOf(handed);
  }

  public StageRows rows() {
    return new Auditor(stack).inSnapshot(connection -> StageRows.read(connection, activityId));
  }

  public Verdict judge(StageRows rows) {
    return StageCheck.of(oracle, rows, handed);
  }

  /// Whether the check names an order that is moved, whole, from its stage to another.
  public boolean reportsMovedOrder(StageRows sound) {
    StageRows.Order order =
        sound.orders().stream()
            .filter(row -> row.booked() && row.amountFen() > 0)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the run has no booked red packet"));
    StageOracle.Child other =
        oracle.children().stream()
            .filter(child -> !child.id().equals(order.childId()))
            .findFirst()
            .orElseThrow();
    return judge(moved(order, other)).wrong().stream()
        .anyMatch(wrong -> wrong.orderNo().equals(order.orderNo()) && wrong.kind().equals("ORDER"));
  }

  private StageRows moved(StageRows.Order order, StageOracle.Child to) {
    try (Connection connection = stack.connect("root");
        Statement session = connection.createStatement()) {
      session.execute("set session innodb_lock_wait_timeout = 5");
      connection.setAutoCommit(false);
      try (PreparedStatement move =
          connection.prepareStatement(
              "update lantern_order.orders set activity_id = ?, stage = ?"
                  + " where act_id = ? and order_no = ?")) {
        move.setString(1, to.id());
        move.setInt(2, to.stage());
        move.setLong(3, order.actId());
        move.setString(4, order.orderNo());
        if (move.executeUpdate() != 1) {
          throw new IllegalStateException("nothing was planted: no such row");
        }
        return StageRows.read(connection, activityId);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("nothing can be planted: " + e.getMessage(), e);
    }
  }
}
