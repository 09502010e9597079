/// Tests of the identity package.
@NullMarked
package dev.lantern.runtime.identity;

import org.jspecify.annotations.NullMarked;
