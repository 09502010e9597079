/// Law COUNT over random schedules of everything that can go wrong, and over the same with a rule
/// taken away.
@NullMarked
package dev.lantern.counterservice.law;

import org.jspecify.annotations.NullMarked;
