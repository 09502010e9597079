/// Tests of `budget`.
@NullMarked
package dev.lantern.sdk.budget;

import org.jspecify.annotations.NullMarked;
