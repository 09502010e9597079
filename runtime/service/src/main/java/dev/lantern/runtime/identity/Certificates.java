package dev.lantern.runtime.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Reads the SPIFFE id out of a certificate whose chain has been verified.
public final class Certificates {

  private static final int URI_NAME = 6;

  private Certificates() {}

  /// The one URI among the certificate's alternative names; empty if there is none, more than one,
  /// or not one of ours.
  public static Optional<SpiffeId> spiffeId(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
    if (names == null) {
      return Optional.empty();
    }
    List<String> uris =
        names.stream()
            .filter(name -> Integer.valueOf(URI_NAME).equals(name.getFirst()))
            .map(name -> String.valueOf(name.getLast()))
            .toList();
    return uris.size() == 1 ? SpiffeId.parse(uris.getFirst()) : Optional.empty();
  }
}
