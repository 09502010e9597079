package dev.lantern.ordercenter.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.ordercenter.campaign.DrawTable.Band;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.OrderNo;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Draws the amount of an order: a keyed function of the order number and the table.
///
/// HMAC-SHA256 under SHA-256(table ‖ server secret): every instance, at every retry, draws the same
/// amount for a number; nobody without the secret can tell it beforehand; another table is another
/// draw. Of the 32 bytes the first eight pick the band, the next eight the amount in it, each by
/// the high half of a 64 × 64 bit product, whose bias is below range / 2⁶⁴.
public final class Draw {
  private static final String HMAC = "HmacSHA256";

  private final DrawTable table;
  private final SecretKeySpec key;

  public Draw(DrawTable table, byte[] serverSecret) {
    this.table = table;
    this.key = new SecretKeySpec(keyBytes(table, serverSecret), HMAC);
  }

  public Fen amountFor(OrderNo orderNo) {
    ByteBuffer random = ByteBuffer.wrap(hmac(orderNo));
    Band band = bandAt(Math.unsignedMultiplyHigh(random.getLong(), table.weightSum()));
    long width = band.maxFen() - band.minFen() + 1;
    return Fen.of(band.minFen() + Math.unsignedMultiplyHigh(random.getLong(), width));
  }

  private Band bandAt(long point) {
    long passed = 0;
    for (Band band : table.bands()) {
      passed += band.weight();
      if (point < passed) {
        return band;
      }
    }
    throw new IllegalStateException("a draw beyond the table's weights: " + point);
  }

  private byte[] hmac(OrderNo orderNo) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(orderNo.text().getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + HMAC, impossible);
    }
  }

  private static byte[] keyBytes(DrawTable table, byte[] serverSecret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      ByteBuffer band = ByteBuffer.allocate(3 * Long.BYTES);
      for (Band b : table.bands()) {
        band.clear().putLong(b.minFen()).putLong(b.maxFen()).putLong(b.weight()).flip();
        sha256.update(band);
      }
      return sha256.digest(serverSecret);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
