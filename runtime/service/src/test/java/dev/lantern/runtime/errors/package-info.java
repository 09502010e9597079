/// Tests of the errors package.
@NullMarked
package dev.lantern.runtime.errors;

import org.jspecify.annotations.NullMarked;
