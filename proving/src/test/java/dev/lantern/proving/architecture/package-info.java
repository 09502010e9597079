/// Rules about the code of all modules, read from their class files.
@NullMarked
package dev.lantern.proving.architecture;

import org.jspecify.annotations.NullMarked;
