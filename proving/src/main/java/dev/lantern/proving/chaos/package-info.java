/// Breaks real processes while it rains, sees them come back, and checks every law: `kill -9` and
/// freezes (SIGSTOP, then SIGCONT) of settle, api, Kafka, both Redis and MariaDB.
@NullMarked
package dev.lantern.proving.chaos;

import org.jspecify.annotations.NullMarked;
