/// Calling other services: mutual TLS, deadlines that never go missing, trace and lane passed on.
@NullMarked
package dev.lantern.runtime.client;

import org.jspecify.annotations.NullMarked;
