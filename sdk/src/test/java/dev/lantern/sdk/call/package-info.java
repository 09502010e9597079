/// Tests of `call`.
@NullMarked
package dev.lantern.sdk.call;

import org.jspecify.annotations.NullMarked;
