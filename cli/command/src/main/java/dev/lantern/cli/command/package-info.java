/// The `lantern` command: one class per subcommand, thin; what they do lies in the modules they
/// call.
///
/// Exit codes: 0 done, 1 a law or check failed, 2 bad use, 3 the environment does not allow it.
/// What is meant for a program (`--json`) goes to standard output alone; progress goes to standard
/// error.
@NullMarked
package dev.lantern.cli.command;

import org.jspecify.annotations.NullMarked;
