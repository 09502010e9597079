/// Redis, spoken through Redisson and shown as blocking calls for virtual threads.
///
/// Everything here is a Lua script with a deadline of our own. Nothing in Redis is the only copy of
/// money; a script may be sent twice (see [dev.lantern.stores.redis.Redis]) and must bear it.
@NullMarked
package dev.lantern.stores.redis;

import org.jspecify.annotations.NullMarked;
