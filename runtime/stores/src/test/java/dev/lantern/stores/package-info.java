/// Both stores when their servers freeze, die and come back.
@NullMarked
package dev.lantern.stores;

import org.jspecify.annotations.NullMarked;
