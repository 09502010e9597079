/// MySQL as a simulated store: plain tables, one transaction one step.
@NullMarked
package dev.lantern.simulation.ledger;

import org.jspecify.annotations.NullMarked;
