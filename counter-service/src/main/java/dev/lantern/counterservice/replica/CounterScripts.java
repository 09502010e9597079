package dev.lantern.counterservice.replica;

import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.stores.redis.Script;
import java.util.List;

/// The scripts and keys of counters in Redis.
///
/// ```
/// lantern:{L1.ctr.spring-demo.opened}:slots   hash writer#epoch -> total
/// lantern:{L1.ctr.spring-demo.opened}:sum     the totals' sum
/// lantern:{L1.ctr}:names                      set of the lane's counters
/// ```
///
/// Numbers stay decimal strings: Lua's are doubles and lose units above 2^53, so totals are
/// compared as text (by length, then digits) and the sum is moved by Redis' own 64-bit arithmetic.
final class CounterScripts {

  /// KEYS: slots, sum. ARGV: slot, total, limit of slots, milliseconds they last (0: for ever).
  /// Gives {OK | FULL | OVERFLOW}. The old total is taken off before the new one is added, so that
  /// nothing in between passes 64 bits needlessly.
  static final Script RAISE =
      Script.of(
          """
          local function above(a, b)
            if #a ~= #b then return #a > #b end
            return a > b
          end
          local known = redis.call('HGET', KEYS[1], ARGV[1])
          if not known and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then
            return {'FULL'}
          end
          local old = known or '0'
          if known and not above(ARGV[2], old) then
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
          return {'OK'}
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

  /// KEYS: sum. Gives {sum or false}.
  static final Script SUM = Script.of("return {redis.call('GET', KEYS[1])}");

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

  static List<String> keys(CounterKey counter) {
    return List.of(slotsKey(counter), sumKey(counter));
  }

  static String namesKey(int lane) {
    return "lantern:{L" + lane + ".ctr}:names";
  }

  private static String tag(CounterKey counter) {
    return "lantern:{L" + counter.lane() + ".ctr." + counter.name() + "}:";
  }
}
