/// Processes as the operating system knows them: started with a log and a pid file, recognised
/// across restarts of whoever started them, stopped and waited for.
///
/// Pids are reused, so a pid alone identifies nothing; see
/// [dev.lantern.cli.stack.process.ProcessIdentity].
@NullMarked
package dev.lantern.cli.stack.process;

import org.jspecify.annotations.NullMarked;
