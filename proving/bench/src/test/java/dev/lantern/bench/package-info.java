@NullMarked
package dev.lantern.bench;

import org.jspecify.annotations.NullMarked;
