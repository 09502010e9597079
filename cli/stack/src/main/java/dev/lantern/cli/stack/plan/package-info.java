/// Which parts a stack has, in which order, on which ports: engines, then our services, then the
/// proxies.
@NullMarked
package dev.lantern.cli.stack.plan;

import org.jspecify.annotations.NullMarked;
