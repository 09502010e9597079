package dev.lantern.counterservice.replica;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.stores.redis.Script;
import java.util.List;

/// The scripts and keys of counters in Redis.
///
/// ```
/// lantern:{L1.ctr.spring-demo.opened}:slots   hash writer#epoch -> total
/// lantern:{L1.ctr.spring-demo.opened}:sum     the totals' sum
/// lantern:{L1.ctr.spring-demo.opened}:pace    hash writer#epoch -> its last report, for ten seconds
/// lantern:{L1.ctr}:names                      set of the lane's counters
/// lantern:{ctr}:choice                        hash of revision, kind and said: which Redis is read
/// ```
///
/// Numbers stay decimal strings: Lua's are doubles and lose units above 2^53, so totals are
/// compared as text (by length, then digits) and the sum is moved by Redis' own 64-bit arithmetic.
final class CounterScripts {

  /// KEYS: slots, sum, pace. ARGV: slot, total, limit of slots, milliseconds they last (0: for
  /// ever), when it was sampled (as [dev.lantern.counterservice.counter.SlotTotal] has it). Gives
  /// {OK | FULL | OVERFLOW}. The old total is taken off before the new one is added, so that
  /// nothing in between passes 64 bits needlessly.
  ///
  /// A pace is `sampled total shift rate change span`: of its last report by the writer's clock,
  /// what takes that clock to this server's (the least delay seen, forgotten by a thousandth of the
  /// time), the rate since the report before, its change, and the seconds between the two. A report
  /// that came again, or within a tenth of a second, tells nothing new.
  static final Script RAISE =
      Script.of(
          """
          local function above(a, b)
            if #a ~= #b then return #a > #b end
            return a > b
          end
          local function pace(taken)
            local sampled = tonumber(ARGV[5])
            if sampled < 0 then return taken end
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            if sampled == 0 then sampled = now end
            local total, shift = tonumber(ARGV[2]), now - sampled
            local rate, change, span = 0, 0, 0
            local old = redis.call('HGET', KEYS[3], ARGV[1])
            if old then
              local was, had, by, went, _, took =
                  string.match(old, '(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)')
              span = (sampled - was) / 1000000
              if span < 0.1 then return taken end
              shift = math.min(shift, by + span * 1000)
              rate = math.max(0, (total - had) / span)
              if tonumber(took) > 0 then change = (rate - went) / ((span + took) / 2) end
            end
            redis.call('HSET', KEYS[3], ARGV[1], string.format(
                '%.17g %.17g %.17g %.17g %.17g %.17g', sampled, total, shift, rate, change, span))
            redis.call('PEXPIRE', KEYS[3], 10000)
            return taken
          end
          local known = redis.call('HGET', KEYS[1], ARGV[1])
          if not known and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then
            return {'FULL'}
          end
          local old = known or '0'
          if known and not above(ARGV[2], old) then
            if ARGV[2] == old then return pace({'OK'}) end
            return {'OK'}
          end
          redis.call('DECRBY', KEYS[2], old)
          local sum = redis.pcall('INCRBY', KEYS[2], ARGV[2])
          if type(sum) == 'table' and sum.err then
            redis.call('INCRBY', KEYS[2], old)
            return {'OVERFLOW'}
          end
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
          if ARGV[4] ~= '0' then
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            redis.call('PEXPIRE', KEYS[2], ARGV[4])
          end
          return pace({'OK'})
          """);

  /// KEYS: names. ARGV: limit, then names. Gives {{names refused}}.
  static final Script ENROL =
      Script.of(
          """
          local refused = {}
          for i = 2, #ARGV do
            if redis.call('SISMEMBER', KEYS[1], ARGV[i]) == 0 then
              if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[1]) then
                refused[#refused + 1] = ARGV[i]
              else
                redis.call('SADD', KEYS[1], ARGV[i])
              end
            end
          end
          return {refused}
          """);

  /// KEYS: all that is to go. Gives {how many went}.
  static final Script REMOVE = Script.of("return {redis.call('UNLINK', unpack(KEYS))}");

  /// KEYS: names. ARGV: milliseconds. Gives {whether it is there}.
  static final Script LAST = Script.of("return {redis.call('PEXPIRE', KEYS[1], ARGV[1])}");

  /// KEYS: names. Gives {{names}}.
  static final Script NAMES = Script.of("return {redis.call('SMEMBERS', KEYS[1])}");

  /// KEYS: sum, pace. Gives {sum or false, ahead, rise, change}: as in
  /// [dev.lantern.counterservice.counter.Pace], each writer moved on by no more than two seconds.
  static final Script LEVEL =
      Script.of(
          """
          local sum = redis.call('GET', KEYS[1])
          if not sum then return {false} end
          local time = redis.call('TIME')
          local now = time[1] * 1000000 + time[2]
          local ahead, rise, change = 0, 0, 0
          for _, pace in ipairs(redis.call('HVALS', KEYS[2])) do
            local sampled, _, shift, rate, told, span =
                string.match(pace, '(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)')
            local bend = tonumber(told)
            local age = (now - sampled - shift) / 1000000
            if age < 10 then
              local old = math.max(0, math.min(age, 2))
              local speed = math.max(0, rate + bend * span / 2)
              local turn = old
              if bend < 0 then turn = math.min(old, -speed / bend) end
              ahead = ahead + speed * turn + bend * turn * turn / 2
              local goes = speed + bend * old
              if age < 2 and goes > 0 then
                rise = rise + goes
                change = change + bend
              end
            end
          end
          return {sum, string.format('%.0f', ahead), string.format('%.3f', rise),
              string.format('%.3f', change)}
          """);

  /// KEYS: choice. ARGV: revision, kind, what is said. Gives {revision, kind, what is said}: those
  /// that hold.
  static final Script CHOICE =
      Script.of(
          """
          local held = redis.call('HMGET', KEYS[1], 'revision', 'kind', 'said')
          local revision, kind = tonumber(held[1] or '0'), held[2] or 'AUTO'
          local offered = tonumber(ARGV[1])
          if offered > revision or (offered == revision and ARGV[2] > kind) then
            redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'kind', ARGV[2], 'said', ARGV[3])
            return {ARGV[1], ARGV[2], ARGV[3]}
          end
          return {held[1] or '0', kind, held[3] or ''}
          """);

  static final String CHOICE_KEY = "lantern:{ctr}:choice";

  /// KEYS: slots. Gives {{slot, total, slot, total, …}}.
  static final Script SLOTS = Script.of("return {redis.call('HGETALL', KEYS[1])}");

  /// KEYS: names, for its shard. Gives {run id}.
  static final Script RUN_ID =
      Script.of("return {string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')}");

  private CounterScripts() {}

  static String slotsKey(CounterKey counter) {
    return tag(counter) + "slots";
  }

  static String sumKey(CounterKey counter) {
    return tag(counter) + "sum";
  }

  static String paceKey(CounterKey counter) {
    return tag(counter) + "pace";
  }

  static List<String> keys(CounterKey counter) {
    return List.of(slotsKey(counter), sumKey(counter), paceKey(counter));
  }

  static String namesKey(int lane) {
    return "lantern:{L" + lane + ".ctr}:names";
  }

  private static String tag(CounterKey counter) {
    return "lantern:{L" + counter.lane() + ".ctr." + counter.name() + "}:";
  }
}
