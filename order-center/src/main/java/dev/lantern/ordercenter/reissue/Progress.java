package dev.lantern.ordercenter.reissue;

/// How far a reissue has come.
public record Progress(long paid, long paidFen, long alreadyBooked, long refused) {
  static final Progress NONE = new Progress(0, 0, 0, 0);

  Progress with(Payment.State state, long rows, long fen) {
    return switch (state) {
      case PENDING -> this;
      case PAID -> new Progress(paid + rows, paidFen + fen, alreadyBooked, refused);
      case ALREADY_BOOKED -> new Progress(paid, paidFen, alreadyBooked + rows, refused);
      case REFUSED -> new Progress(paid, paidFen, alreadyBooked, refused + rows);
    };
  }
}
