/// The drill of client copies: both Redis and the queue's topic are lost with orders outstanding,
/// and only what clients hold brings them into the books.
@NullMarked
package dev.lantern.proving.present;

import org.jspecify.annotations.NullMarked;
