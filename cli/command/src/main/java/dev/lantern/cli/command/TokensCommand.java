package dev.lantern.cli.command;

import com.google.gson.GsonBuilder;
import dev.lantern.proving.Wiring;
import dev.lantern.proving.measure.TokenAttacks;
import dev.lantern.proving.tokens.TokenAudit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern tokens`.
@Command(
    name = "tokens",
    description = "Reward tokens.",
    mixinStandardHelpOptions = true,
    subcommands = {TokensCommand.Attack.class, TokensCommand.Audit.class})
final class TokensCommand {

  /// `lantern tokens audit`.
  @Command(
      name = "audit",
      description = {
        "Compare the running stack's signed-root log with its books: every link, every order with a"
            + " token, and every token beyond those in a class.",
        "Exit code 1 if a link is broken or an order has a token that was not signed."
      },
      mixinStandardHelpOptions = true)
  static final class Audit implements Callable<Integer> {
    private final Place place;

    @Option(names = "--stress", description = "Trials instead of the live lane.")
    private boolean stress;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    Audit(Place place) {
      this.place = place;
    }

    @Override
    public Integer call() {
      TokenAudit.Report report =
          new TokenAudit(dev.lantern.proving.Wiring.stack(place.stack()), stress).run();
      if (json) {
        place.out().println(new GsonBuilder().setPrettyPrinting().create().toJson(report));
      } else {
        place
            .out()
            .println(
                "%,d tokens signed under %,d roots in %d chains, %,d links broken%n"
                        .formatted(
                            report.signed(), report.roots(), report.chains(), report.broken())
                    + "  %,d orders with a token, %,d of them not signed%n"
                        .formatted(report.accepted(), report.unsigned())
                    + "  beyond those: %,d signed again, %,d wait in the inbox, %,d of no order"
                        .formatted(report.resigned(), report.waiting(), report.unacknowledged()));
        report.samples().forEach(sample -> place.out().println("  " + sample));
      }
      return report.held() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /// `lantern tokens attack`.
  @Command(
      name = "attack",
      description = {
        "Present tokens that nobody signed to the verifier that everybody uses: flipped, truncated,"
            + " extended, respelled, retargeted, spliced, with other proofs, of other lanes, purposes"
            + " and keys, and good ones at the wrong place. Good tokens are presented in between.",
        "Needs no stack. Exit code 1 if one was accepted, a good one was not, or the verifier threw."
      },
      mixinStandardHelpOptions = true)
  static final class Attack implements Callable<Integer> {
    private static final long MOST = 100_000_000;

    private final Place place;

    @Option(
        names = "--count",
        paramLabel = "N",
        description = "How many, at most 100,000,000 (default 1,000,000).")
    private long count = 1_000_000;

    @Option(
        names = "--seed",
        paramLabel = "S",
        description = "What the mutants follow from (default 1); keys are fresh each time.")
    private long seed = 1;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    Attack(Place place) {
      this.place = place;
    }

    @Override
    public Integer call() {
      if (count < 1 || count > MOST) {
        place.err().println("lantern tokens attack: --count must be 1 to " + MOST);
        return ExitCode.BAD_USE;
      }
      TokenAttacks.Report report = Wiring.tokenAttack(count, seed);
      if (json) {
        place.out().println(new GsonBuilder().setPrettyPrinting().create().toJson(report));
      } else {
        print(report);
      }
      return report.held() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(TokenAttacks.Report report) {
      place
          .out()
          .println(
              "%,d mutants: %,d accepted, %,d crashes; %,d good tokens: %,d refused (seed %d)"
                  .formatted(
                      report.presented(),
                      report.accepted(),
                      report.crashed(),
                      report.goodPresented(),
                      report.goodRefused(),
                      seed));
      report
          .refused()
          .forEach((kind, reasons) -> place.out().println("  %-14s %s".formatted(kind, reasons)));
      report.samples().forEach(sample -> place.out().println("  " + sample));
    }
  }
}
