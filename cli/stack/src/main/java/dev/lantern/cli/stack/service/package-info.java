/// Our own processes as parts of the stack: how each is run, configured and probed.
///
/// A service's configuration is rendered from the template beside this package at every start, with
/// the addresses, passwords and certificates of this home; what the template leaves out has the
/// service's own default.
@NullMarked
package dev.lantern.cli.stack.service;

import org.jspecify.annotations.NullMarked;
