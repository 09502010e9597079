/// Where the stack under test is, and how an operator and an auditor reach its parts.
@NullMarked
package dev.lantern.proving.place;

import org.jspecify.annotations.NullMarked;
