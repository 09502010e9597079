@NullMarked
package dev.lantern.sdk.token;

import org.jspecify.annotations.NullMarked;
