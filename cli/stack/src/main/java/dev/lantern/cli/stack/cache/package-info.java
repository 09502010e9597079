/// The per-user cache of unpacked engines, shared by every checkout and every home of a user.
@NullMarked
package dev.lantern.cli.stack.cache;

import org.jspecify.annotations.NullMarked;
