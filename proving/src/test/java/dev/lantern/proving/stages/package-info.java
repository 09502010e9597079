/// Tests of the stage oracle and its check.
@NullMarked
package dev.lantern.proving.stages;

import org.jspecify.annotations.NullMarked;
