/// Ports: which are free, and who holds those that are not.
@NullMarked
package dev.lantern.cli.stack.port;

import org.jspecify.annotations.NullMarked;
