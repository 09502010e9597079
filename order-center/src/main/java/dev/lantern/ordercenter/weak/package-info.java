/// What is gone without: the switches of the weak dependencies, the breakers that flip them by
/// themselves and back, and which way orders are taken then.
///
/// `OrderSwitch` is the catalogue; `Breaker` and `Modes` decide over plain values; `ClaimGaps` lets
/// every instance know that one of them accepts without claims before it does. Downstreams have
/// breakers of another kind, one each: the package `grant` says why.
@NullMarked
package dev.lantern.ordercenter.weak;

import org.jspecify.annotations.NullMarked;
