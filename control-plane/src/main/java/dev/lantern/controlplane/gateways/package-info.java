/// How many gateways there are: what per-gateway limits are divided by.
@NullMarked
package dev.lantern.controlplane.gateways;

import org.jspecify.annotations.NullMarked;
