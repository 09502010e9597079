package dev.lantern.runtime.identity;

import java.util.Optional;

/// Reads Envoy's `x-forwarded-client-cert`:
/// `By=…;Hash=…;Subject="CN=a;b";URI=spiffe://lantern/wallet-api`.
///
/// Strict, since an identity hangs on it: exactly one element (the mesh's Envoy replaces whatever
/// came in) with exactly one `URI`, well-formed throughout; anything else is nobody.
final class ForwardedCert {

  private static final int MAX_LENGTH = 4096;

  private final String header;
  private int at;

  private ForwardedCert(String header) {
    this.header = header;
  }

  static Optional<SpiffeId> caller(String header) {
    if (header.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return new ForwardedCert(header).read().flatMap(SpiffeId::parse);
  }

  private Optional<String> read() {
    String uri = null;
    while (true) {
      int equals = header.indexOf('=', at);
      if (equals < 0) {
        return Optional.empty();
      }
      String key = header.substring(at, equals);
      at = equals + 1;
      Optional<String> value = value();
      boolean again = key.equalsIgnoreCase("URI") && uri != null;
      if (value.isEmpty() || again || !key.matches("[A-Za-z]+")) {
        return Optional.empty();
      }
      if (key.equalsIgnoreCase("URI")) {
        uri = value.get();
      }
      if (at == header.length()) {
        return Optional.ofNullable(uri);
      }
      if (header.charAt(at) != ';') {
        return Optional.empty();
      }
      at++;
    }
  }

  // A value ends at `;`, `,` or the end; a quoted one at its closing quote, with `\` escaping the
  // next character.
  private Optional<String> value() {
    if (at < header.length() && header.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < header.length() && ";,\"".indexOf(header.charAt(at)) < 0) {
      at++;
    }
    return Optional.of(header.substring(start, at));
  }

  private Optional<String> quoted() {
    var text = new StringBuilder();
    for (at++; at < header.length(); at++) {
      char c = header.charAt(at);
      if (c == '"') {
        at++;
        return Optional.of(text.toString());
      }
      if (c == '\\' && ++at == header.length()) {
        break;
      }
      text.append(header.charAt(at));
    }
    return Optional.empty();
  }
}
