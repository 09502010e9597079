package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final PartitionId ID =
      new PartitionId(new LogName(Lane.LANE_LIVE, 1, "topic", "topicA", 8), 3);
  private final Given given = Given.of(Given.user(0, 3, 8), 88, 11);

  @Test
  void read_whatAcceptWrote_isItsPromise() {
    LogRecord record = RecordReader.read(raw(given.proto().toByteString()), ID);

    assertThat(record).isInstanceOf(LogRecord.Promised.class);
    assertThat(((LogRecord.Promised) record).promise()).isEqualTo(given.promise());
  }

  @Test
  void read_anythingWrong_isUnreadableUnderItsHeader() {
    List<UnaryOperator<AcceptedOrder.Builder>> wrongs =
        List.of(
            order -> order.setRainId(9),
            order -> order.setActId(0),
            order -> order.setOrderNo("nonsense"),
            order -> order.setFingerprint(ByteString.copyFromUtf8("short")),
            order -> order.setSceneId("NOT_A_SCENE"),
            order -> order.setChildActivityId("c".repeat(33)),
            order -> order.setTokenKeyId("k".repeat(65)),
            order -> order.setRequestedAmountFen(-1),
            order -> order.setAwardTypeValue(77),
            order -> {
              order.getOutcomeBuilder().getAwardBuilder().setAmountFen(-5);
              return order;
            },
            order -> {
              order.getOutcomeBuilder().getAwardBuilder().setAmountFen(Long.MAX_VALUE);
              return order;
            },
            order -> {
              order.getOutcomeBuilder().getAwardBuilder().setTitle("t".repeat(129));
              return order;
            },
            order -> {
              order.getOutcomeBuilder().getAwardBuilder().setAwardTypeValue(999);
              return order;
            },
            order -> {
              order.getOpenTimeBuilder().setSeconds(Long.MAX_VALUE);
              return order;
            });
    for (UnaryOperator<AcceptedOrder.Builder> wrong : wrongs) {
      ByteString bytes = wrong.apply(given.proto().toBuilder()).build().toByteString();

      LogRecord record = RecordReader.read(raw(bytes), ID);

      assertThat(record).isInstanceOf(LogRecord.Unreadable.class);
      assertThat(((LogRecord.Unreadable) record).orderNo()).isEqualTo(given.orderNo().text());
      assertThat(((LogRecord.Unreadable) record).actId()).isEqualTo(given.actId());
      assertThat(((LogRecord.Unreadable) record).value()).isEqualTo(bytes);
    }
  }

  @Test
  void read_neitherKeyNorHeader_isNamedByItsPlace() {
    LogRecord record =
        RecordReader.read(new RecordReader.Raw(42, "", "", "", ByteString.copyFromUtf8("?")), ID);

    assertThat(((LogRecord.Unreadable) record).orderNo()).isEqualTo("log:topicA:3:42");
    assertThat(((LogRecord.Unreadable) record).actId()).isZero();
  }

  @Test
  void read_headerOfAnotherUser_isNotTrusted() {
    LogRecord record =
        RecordReader.read(
            new RecordReader.Raw(
                42, "77", given.orderNo().text(), "", given.proto().toByteString()),
            ID);

    assertThat(((LogRecord.Unreadable) record).orderNo()).isEqualTo("log:topicA:3:42");
    assertThat(((LogRecord.Unreadable) record).actId()).isEqualTo(77);
  }

  @Test
  void read_randomBytes_neverThrows() {
    Random random = new Random(3);
    byte[] good = given.proto().toByteArray();
    for (int n = 0; n < 20_000; n++) {
      byte[] bytes = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      LogRecord record = RecordReader.read(raw(ByteString.copyFrom(bytes)), ID);
      assertThat(record.offset()).isEqualTo(5);
    }
  }

  private RecordReader.Raw raw(ByteString value) {
    return new RecordReader.Raw(5, Long.toString(given.actId()), given.orderNo().text(), "", value);
  }
}
