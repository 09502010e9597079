package dev.lantern.controlplane.resources;

/// One RPC that clients may reach, by its gRPC path and by its JSON path.
///
/// @param id what policy calls it: `play.grab`
/// @param service full name of the gRPC service
/// @param httpMethod of the JSON form
/// @param jsonPattern RE2 over the whole JSON path, without the query
/// @param cluster which of our services answers
/// @param session whether the caller must show a session
/// @param reads whether it only reads, so that a copy of it, or a second try elsewhere, does
///   nothing
public record EdgeRoute(
    String id,
    String service,
    String method,
    String httpMethod,
    String jsonPattern,
    String cluster,
    boolean session,
    boolean reads) {

  public String grpcPath() {
    return "/" + service + "/" + method;
  }
}
