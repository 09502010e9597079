/// What callers embed. [dev.lantern.sdk.Lantern] is the way in; each part can be had by itself,
/// too.
@NullMarked
package dev.lantern.sdk;

import org.jspecify.annotations.NullMarked;
