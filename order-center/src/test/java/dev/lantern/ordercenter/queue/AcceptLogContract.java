package dev.lantern.ordercenter.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import org.junit.jupiter.api.Test;

/// What every [AcceptLog] does together with its [Topics].
abstract class AcceptLogContract {
  private static final int PARTITIONS = 8;

  abstract AcceptLog log();

  abstract Topics topics();

  /// A log of 8 partitions whose topic exists, of a name never used before.
  abstract LogName newLog();

  @Test
  void records_lieInTheirUsersPartition_oneAfterAnother_belowTheEnd() {
    LogName name = newLog();
    AcceptLog.Appended first = log().append(name, order(12_345));
    AcceptLog.Appended second = log().append(name, order(12_345));

    int partition = Partitions.of(12_345, PARTITIONS);
    assertThat(first).isEqualTo(new AcceptLog.Appended(partition, 0));
    assertThat(second).isEqualTo(new AcceptLog.Appended(partition, 1));
    long[] ends = topics().ends(name.topic(), PARTITIONS).orElseThrow();
    assertThat(ends[partition]).isEqualTo(2);
    assertThat(ends).hasSize(PARTITIONS);
  }

  @Test
  void append_toATopicThatIsNone_isUnknown_andCreatesNothing() {
    LogName none = new LogName(Lane.LANE_LIVE, 9, "no-such-topic", "no-id", PARTITIONS);
    assertThatThrownBy(() -> log().append(none, order(1)))
        .isInstanceOf(AppendUnknownException.class);
    assertThat(topics().idOf(none.topic())).isEmpty();
    assertThat(topics().ends(none.topic(), PARTITIONS)).isEmpty();
  }

  @Test
  void topic_createdAgain_isTheSame_andTwoHaveTwoIds() {
    LogName one = newLog();
    topics().create(one.topic(), PARTITIONS);
    assertThat(topics().idOf(one.topic())).contains(one.topicId());
    assertThat(newLog().topicId()).isNotEqualTo(one.topicId());
  }

  private static AcceptedOrder order(long user) {
    return AcceptedOrder.newBuilder().setActId(user).setOrderNo(user + "_a_1_1_3").build();
  }
}
