/// Which stage an order belongs to, asked of the tree alone, and whether everything that was kept
/// of it agrees.
///
/// Independent of the services' own code: the tree is read as plain YAML, the orders as plain rows.
@NullMarked
package dev.lantern.proving.stages;

import org.jspecify.annotations.NullMarked;
