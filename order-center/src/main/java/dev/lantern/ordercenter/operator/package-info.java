/// What operators ask for: done once however often it is asked, and noted with who asked and why.
@NullMarked
package dev.lantern.ordercenter.operator;

import org.jspecify.annotations.NullMarked;
