/// Tests.
@NullMarked
package dev.lantern.cli.stack.pki;

import org.jspecify.annotations.NullMarked;
