/// Tests of the server package.
@NullMarked
package dev.lantern.runtime.server;

import org.jspecify.annotations.NullMarked;
