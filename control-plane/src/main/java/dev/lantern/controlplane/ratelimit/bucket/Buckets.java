package dev.lantern.controlplane.ratelimit.bucket;

import java.time.Duration;
import java.util.List;

/// The counts of all keys, shared by all limiters. One clock, the store's, measures all rates.
public interface Buckets {
  /// The most keys in one request.
  int MOST_ASKS = 128;

  /// Takes, for each ask in its order, as many of the wanted hits as fit; the answers are in the
  /// same order. A request with the number of the lane's last one changes nothing and is answered
  /// the same; one with a lower number changes nothing and throws.
  ///
  /// Returns or throws within `within`.
  ///
  /// @param number higher than those before it in this lane
  /// @throws BucketsUnavailableException when there is no answer in time; all or nothing of it may
  ///   have been done, or may yet be, key by key
  List<Given> take(Lane lane, long number, List<Ask> asks, Duration within);

  /// There was no answer in time.
  final class BucketsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BucketsUnavailableException(String message, Throwable cause) {
      super(message, cause);
    }

    public BucketsUnavailableException(String message) {
      super(message);
    }
  }
}
