package dev.lantern.cli.stack.pki;

import java.nio.file.Path;

/// One identity's files, PEM: its certificate followed by the CA's, its private key (PKCS #8, mode
/// 0600), and the CA's certificate to check peers with.
public record Leaf(Path certificate, Path key, Path authority) {}
