/// order-center: campaigns, orders, budgets, ledger; one jar, two roles.
///
/// `Main` reads the configuration and starts the role; the Wirings are the only places that
/// construct drivers.
@NullMarked
package dev.lantern.ordercenter;

import org.jspecify.annotations.NullMarked;
