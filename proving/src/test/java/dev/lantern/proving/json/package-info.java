/// Tests of what is compared and how, and the corpus itself beside its recording.
@NullMarked
package dev.lantern.proving.json;

import org.jspecify.annotations.NullMarked;
