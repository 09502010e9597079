/// Tests of the config package.
@NullMarked
package dev.lantern.runtime.config;

import org.jspecify.annotations.NullMarked;
