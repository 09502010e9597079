@NullMarked
package dev.lantern.simulation.ledger;

import org.jspecify.annotations.NullMarked;
