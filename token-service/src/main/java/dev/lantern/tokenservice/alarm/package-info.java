/// What of the tokens presented is alarming.
@NullMarked
package dev.lantern.tokenservice.alarm;

import org.jspecify.annotations.NullMarked;
