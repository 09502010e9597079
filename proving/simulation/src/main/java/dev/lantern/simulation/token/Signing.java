package dev.lantern.simulation.token;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import java.util.List;

/// A call to token-service, as far as its request goes: what becomes of it, the ticket tells.
public interface Signing {
  Ticket sign(Lane lane, ByteString payload);

  Ticket signAll(Lane lane, List<ByteString> payloads);
}
