/// The proof of law COUNT over real processes: two Redis, two instances of counter-service, writers
/// and readers with the SDK's classes; everything is killed, cut off and loses replies, and no
/// number goes back or is lost.
///
/// What is true is known from elsewhere: each writing process notes in a file of its own what it
/// has begun to count and what it has counted.
@NullMarked
package dev.lantern.proving.counter;

import org.jspecify.annotations.NullMarked;
