/// A service's schema. Flyway and the JDBC driver come with the services that have one.
@NullMarked
package dev.lantern.runtime.schema;

import org.jspecify.annotations.NullMarked;
