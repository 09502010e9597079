package dev.lantern.cli.stack.service;

import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.cli.stack.home.Template;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.pki.ClientTls;
import dev.lantern.cli.stack.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/// Makes a part of a service: renders its configuration, runs its module, asks its health.
final class ServicePart {
  private static final Duration READY_WITHIN = Duration.ofMinutes(4);

  /// Longer than a service's own drain.
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);

  private final EngineSet stack;
  private final Values values;

  ServicePart(EngineSet stack, Values values) {
    this.stack = stack;
    this.values = values;
  }

  Part of(Service service) {
    return new Part(
        service.name(),
        List.of(service.port(), service.metricsPort()),
        service.after(),
        () -> prepare(service),
        () -> healthy(service),
        READY_WITHIN,
        STOP_GRACE);
  }

  private boolean healthy(Service service) {
    try {
      SSLContext operator = ClientTls.of(stack.pki().leaf("operator"));
      var probe = new HealthProbe(service.port(), operator);
      return stack.java().remember(service.program(), probe::serves);
    } catch (IOException e) {
      throw new UncheckedIOException("the operator's certificate cannot be used", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Launch prepare(Service service) throws IOException, InterruptedException {
    Path data = Files.createDirectories(stack.home().data().resolve(service.identity()));
    Path file = stack.home().conf().resolve(service.name() + ".yaml");
    String text = Template.resource(ServicePart.class, service.template()).fill(values.of(service));
    PrivateFiles.write(file, text);
    return stack
        .java()
        .launch(service.program(), service.heap(), List.of("--config", file.toString()), data);
  }
}
