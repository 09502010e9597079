/// The logs survive writing, reading and a driver that dies in mid-line.
@NullMarked
package dev.lantern.proving.clientlog;

import org.jspecify.annotations.NullMarked;
