/// The real engines: MariaDB, two Redis, one Kafka node, each a [dev.lantern.cli.stack.part.Part].
///
/// [dev.lantern.cli.stack.engine.Engines] starts a set of them alone; tests of every module use it.
@NullMarked
package dev.lantern.cli.stack.engine;

import org.jspecify.annotations.NullMarked;
