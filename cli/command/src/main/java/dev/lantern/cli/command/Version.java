package dev.lantern.cli.command;

import picocli.CommandLine.IVersionProvider;

/// `lantern --version`.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"lantern 0.1.0", "java " + Runtime.version()};
  }
}
