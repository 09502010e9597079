/// The service as a whole, and what its tests stand on.
@NullMarked
package dev.lantern.ordercenter;

import org.jspecify.annotations.NullMarked;
