/// Having a user's outstanding orders booked now.
@NullMarked
package dev.lantern.sdk.settle;

import org.jspecify.annotations.NullMarked;
