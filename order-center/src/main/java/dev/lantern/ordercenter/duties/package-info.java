/// What a process of either role does again and again beside answering calls: polling, keeping,
/// sweeping. Nothing here knows what the duties are.
@NullMarked
package dev.lantern.ordercenter.duties;

import org.jspecify.annotations.NullMarked;
