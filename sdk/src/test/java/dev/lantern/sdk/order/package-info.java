/// Tests of `order`.
@NullMarked
package dev.lantern.sdk.order;

import org.jspecify.annotations.NullMarked;
