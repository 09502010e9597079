/// Checks of the contracts as a whole: lint, compatibility, and the documents made from them.
@NullMarked
package dev.lantern.contracts;

import org.jspecify.annotations.NullMarked;
