/// Tests of the telemetry package.
@NullMarked
package dev.lantern.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
