package dev.lantern.proving.clientlog;

/// One call as its client saw it. Times are nanoseconds of the driver's one monotonic clock since
/// the run began: `sentNs` is read before the first byte is sent and `endNs` after the answer is
/// complete, so that of two calls A surely preceded B when `A.endNs <= B.sentNs`.
///
/// @param user the driver's number for the user, -1 for the driver itself
/// @param actId the user's id by its session; 0 where there is none
/// @param sceneId the scene grabbed, else empty
/// @param rainId the round grabbed, else 0
/// @param subject what else was asked for: an order number, a counter's name, a kind of garbage
public record ClientEntry(
    int user,
    long actId,
    Protocol protocol,
    Call call,
    Intent intent,
    long sentNs,
    long endNs,
    String sceneId,
    int rainId,
    String subject,
    Told told) {

  public ClientEntry {
    if (endNs < sentNs) {
      throw new IllegalArgumentException("a call ended before it was sent: " + subject);
    }
  }

  /// Whether this call had surely ended before `other` was sent.
  public boolean before(ClientEntry other) {
    return endNs <= other.sentNs;
  }
}
