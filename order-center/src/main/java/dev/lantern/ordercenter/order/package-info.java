/// Orders: what one is, how a request becomes an accepted one (rules A1 to A5), how it is read.
///
/// `Accept` is the flow; what it calls (`Promises`, `OrderReader`, `Signer`, `AcceptLog`, `Leases`)
/// are interfaces, so that the same flow runs over Redis, MySQL and Kafka or over a simulation. The
/// gRPC adapter is `OrderGrpc`; nothing here knows a driver except the classes named after one.
@NullMarked
package dev.lantern.ordercenter.order;

import org.jspecify.annotations.NullMarked;
