/// Tests of the redis store: rules by themselves, and behaviour on the real engine (tag `engine`).
@NullMarked
package dev.lantern.stores.redis;

import org.jspecify.annotations.NullMarked;
