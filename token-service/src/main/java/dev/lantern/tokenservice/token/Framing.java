package dev.lantern.tokenservice.token;

import dev.lantern.tokenservice.keys.KeyScope;
import java.nio.charset.StandardCharsets;

/// The bytes that are signed: `context || 0x00 || payload`.
///
/// The context names purpose and lane inside what is signed, so that a signature made for one means
/// nothing in another even were a key to be shared by mistake. We put it there ourselves since the
/// providers disagree about Ed25519ctx.
public final class Framing {

  private Framing() {}

  public static byte[] frame(KeyScope scope, byte[] payload) {
    byte[] context = scope.context().getBytes(StandardCharsets.US_ASCII);
    byte[] framed = new byte[context.length + 1 + payload.length];
    System.arraycopy(context, 0, framed, 0, context.length);
    System.arraycopy(payload, 0, framed, context.length + 1, payload.length);
    return framed;
  }
}
