package dev.lantern.controlplane.topology;

/// What a group of Envoys proves itself with, in PEM: pushed to it by SDS.
public record Identity(String certificateChain, String privateKey) {
  /// Never shows the key.
  @Override
  public String toString() {
    return "Identity[certificateChain=" + certificateChain.length() + " chars]";
  }
}
