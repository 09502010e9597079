package dev.lantern.simulation.token;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/// Random bytes that are the same in every run of a seed, for code that asks for good ones.
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  public SeededRandom(long seed) {
    super(new Bytes(seed), null);
  }

  private static final class Bytes extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random;

    Bytes(long seed) {
      this.random = new SplittableRandom(seed);
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // Nobody adds to it.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] bytes = new byte[count];
      random.nextBytes(bytes);
      return bytes;
    }
  }
}
