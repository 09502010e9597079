/// The development certificate authority: who is who among our processes.
///
/// Every process of the stack proves its identity by mutual TLS with a SPIFFE id in its
/// certificate. In production these come from the cluster's issuer; here from the JDK's keytool.
@NullMarked
package dev.lantern.cli.stack.pki;

import org.jspecify.annotations.NullMarked;
