/// Things: what downstreams give, once an order of theirs is in the books (S8). Rows of `grants`
/// say what is to be asked for; a worker asks, outside any transaction, and records each answer by
/// one conditional update. Only a definite refusal compensates; everything else is asked again
/// under the same id.
@NullMarked
package dev.lantern.ordercenter.grant;

import org.jspecify.annotations.NullMarked;
