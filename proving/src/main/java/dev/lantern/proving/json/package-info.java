/// Whether our edge speaks JSON as grpc-gateway does.
///
/// A corpus of requests, made from the contracts and by hand, is played to a gateway generated from
/// the same contracts and recorded with what it answered and what the service behind it heard; our
/// edge must do the same, but for differences that are named, each with what exactly both do.
@NullMarked
package dev.lantern.proving.json;

import org.jspecify.annotations.NullMarked;
