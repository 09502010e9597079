/// Client copies (rules T1 and L7): a user hands in the tokens it was given, and what the server
/// has lost of them is booked, each order once. Either copy alone is enough to be paid.
@NullMarked
package dev.lantern.ordercenter.present;

import org.jspecify.annotations.NullMarked;
