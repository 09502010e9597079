/// Issuing rewards so that each is issued once, whatever is lost on the way.
@NullMarked
package dev.lantern.sdk.order;

import org.jspecify.annotations.NullMarked;
