/// Configuration: one YAML file and the environment, read into records.
///
/// A key nobody reads refuses to start, so a misspelt limit is noticed at once and not at the
/// opening. Defaults lie in YAML beside the record they belong to, where operators can read them.
@NullMarked
package dev.lantern.runtime.config;

import org.jspecify.annotations.NullMarked;
