/// Tests of `sdk`.
@NullMarked
package dev.lantern.sdk;

import org.jspecify.annotations.NullMarked;
