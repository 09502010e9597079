/// What clients play: the grab of a red packet in a round. A thin front of `order`: the user comes
/// from the session, the amount from the draw, the opening time from the server.
@NullMarked
package dev.lantern.ordercenter.play;

import org.jspecify.annotations.NullMarked;
