/// MySQL, spoken through r2dbc-mysql and shown as blocking calls for virtual threads.
///
/// [dev.lantern.stores.sql.Database] is the door. Every wait is bounded; a connection whose reply
/// was not awaited to the end is closed and never used again; the sessions carry server-side
/// limits, so that a frozen process of ours gives its locks back by itself.
@NullMarked
package dev.lantern.stores.sql;

import org.jspecify.annotations.NullMarked;
