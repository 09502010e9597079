@NullMarked
package dev.lantern.sdk.wallet;

import org.jspecify.annotations.NullMarked;
