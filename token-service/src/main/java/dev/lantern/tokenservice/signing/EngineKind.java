package dev.lantern.tokenservice.signing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// The providers we know, the fastest first. Signatures of a 150-byte message a second and core, on
/// one quiet x86-64 machine: ACCP 153,000, BouncyCastle 43,000, the JDK 2,300.
public enum EngineKind {
  /// Amazon Corretto's, native code for linux-x86_64. Its Ed25519 key factory is off by default, so
  /// keys are decoded by the JDK's.
  ACCP("accp"),
  /// Pure Java: what every other machine gets.
  BOUNCY_CASTLE("bouncy-castle"),
  /// Always there; too slow for a rain, enough to verify and for a laptop.
  JDK("jdk");

  private final String word;

  EngineKind(String word) {
    this.word = word;
  }

  /// How configuration, logs and metrics name it.
  public String word() {
    return word;
  }

  /// Loads it; not yet tested.
  ///
  /// @throws EngineUnusableException when this machine cannot run it
  Ed25519Engine load() throws EngineUnusableException {
    try {
      return switch (this) {
        case ACCP -> accp();
        case BOUNCY_CASTLE -> {
          Provider provider = new BouncyCastleProvider();
          yield new Ed25519Engine(this, provider, provider);
        }
        case JDK -> new Ed25519Engine(this, sunEc(), sunEc());
      };
    } catch (LinkageError | RuntimeException e) {
      throw new EngineUnusableException(word + " does not load: " + e, e);
    }
  }

  private static Ed25519Engine accp() throws EngineUnusableException {
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    Throwable error = provider.getLoadingError();
    if (error != null) {
      throw new EngineUnusableException("accp does not load: " + error, error);
    }
    return new Ed25519Engine(ACCP, provider, sunEc());
  }

  private static Provider sunEc() {
    Provider provider = Security.getProvider("SunEC");
    if (provider == null) {
      throw new IllegalStateException("this JDK is without SunEC");
    }
    return provider;
  }
}
