package dev.lantern.counterservice;

import com.google.protobuf.Timestamp;
import dev.lantern.counter.v1.CounterLevel;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.counter.v1.ReadSource;
import dev.lantern.counter.v1.RedisStanding;
import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.ReadSwitch.Standing;
import dev.lantern.counterservice.counter.Reading;
import dev.lantern.counterservice.read.Found;
import dev.lantern.counterservice.read.Watchers.Risen;
import dev.lantern.counterservice.repair.Drift;
import java.time.Instant;

/// The domain's values as the contract has them.
final class CounterMessages {

  private CounterMessages() {}

  static GetResponse proto(Found.Value found) {
    Reading reading = found.reading();
    return GetResponse.newBuilder()
        .setValue(reading.value())
        .setShownValue(found.shown())
        .setAsOfTime(timestamp(reading.asOf()))
        .setSource(reading.source().name())
        .setRise(found.rise())
        .setRiseChange(reading.told().pace().change())
        .build();
  }

  static CounterLevel proto(Risen risen) {
    Reading reading = risen.reading();
    return CounterLevel.newBuilder()
        .setName(risen.counter().name())
        .setValue(reading.value())
        .setShownValue(risen.shown())
        .setAsOfTime(timestamp(reading.asOf()))
        .setSource(reading.source().name())
        .setRise(risen.rise())
        .setRiseChange(reading.told().pace().change())
        .build();
  }

  static dev.lantern.counter.v1.Drift proto(Drift drift) {
    return dev.lantern.counter.v1.Drift.newBuilder()
        .setName(drift.name())
        .setSumA(drift.sumA())
        .setSumB(drift.sumB())
        .setSlotsA(drift.slotsA())
        .setSlotsB(drift.slotsB())
        .setDue(drift.due())
        .setDrift(drift.drift())
        .build();
  }

  static ReadSource proto(Choice.Kind kind) {
    return switch (kind) {
      case AUTO -> ReadSource.READ_SOURCE_AUTO;
      case A -> ReadSource.READ_SOURCE_A;
      case B -> ReadSource.READ_SOURCE_B;
    };
  }

  static RedisStanding proto(Standing standing) {
    return switch (standing) {
      case GONE -> RedisStanding.REDIS_STANDING_GONE;
      case LACKING -> RedisStanding.REDIS_STANDING_LACKING;
      case WHOLE -> RedisStanding.REDIS_STANDING_WHOLE;
    };
  }

  static Timestamp proto(Instant instant) {
    return timestamp(instant);
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
