/// Tests of the sql store: rules by themselves, and behaviour on the real engine (tag `engine`).
@NullMarked
package dev.lantern.stores.sql;

import org.jspecify.annotations.NullMarked;
