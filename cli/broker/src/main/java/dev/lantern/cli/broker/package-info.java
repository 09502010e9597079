/// The embedded Kafka: one KRaft node, broker and controller in one JVM.
///
/// Kafka's server classes are internal and bring some forty jars, so they live in a process of
/// their own and on a class path of their own; the services know only kafka-clients. The embedded
/// stack renders the properties file, this package formats the storage once and runs the node.
@NullMarked
package dev.lantern.cli.broker;

import org.jspecify.annotations.NullMarked;
