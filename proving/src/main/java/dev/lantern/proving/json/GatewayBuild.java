package dev.lantern.proving.json;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.cache.ArtifactCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Builds the peer, once for each state of the contracts and of `proving/gateway`: its plugins by
/// `go build`, its code by the plugins, itself by `go build`. Needs Go 1.25 and, the first time, a
/// Go module proxy. Protoc is not needed: a plugin is asked directly.
final class GatewayBuild {
  private static final List<String> SOURCES = List.of("go.mod", "go.sum", "main.go");
  private static final List<String> PLUGINS =
      List.of(
          "google.golang.org/protobuf/cmd/protoc-gen-go",
          "google.golang.org/grpc/cmd/protoc-gen-go-grpc",
          "github.com/grpc-ecosystem/grpc-gateway/v2/protoc-gen-grpc-gateway");
  private static final int MOST_MINUTES = 15;
  private static final int HASH_CHARACTERS = 16;

  private final Path checkout;
  private final ArtifactCache cache;

  GatewayBuild(Path checkout, ArtifactCache cache) {
    this.checkout = checkout;
    this.cache = cache;
  }

  /// The peer's binary. Throws [StackException] when it cannot be built.
  Path binary() throws IOException, InterruptedException {
    GatewaySource source = GatewaySource.load();
    Path sources = checkout.resolve("proving").resolve("gateway");
    MessageDigest state = sha256();
    state.update(source.bytes());
    for (String file : SOURCES) {
      state.update(Files.readAllBytes(sources.resolve(file)));
    }
    String hash = HexFormat.of().formatHex(state.digest()).substring(0, HASH_CHARACTERS);
    return cache
        .directory("grpc-gateway-" + hash, empty -> build(source, sources, empty))
        .resolve("gateway");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static void build(GatewaySource source, Path sources, Path folder)
      throws IOException, InterruptedException {
    for (String file : SOURCES) {
      Files.copy(sources.resolve(file), folder.resolve(file));
    }
    var plugins = new ArrayList<>(List.of("build", "-trimpath", "-o", "plugins/"));
    plugins.addAll(PLUGINS);
    Files.createDirectories(folder.resolve("plugins"));
    go(folder, plugins);
    generate(folder, "protoc-gen-go", source.forMessages());
    generate(folder, "protoc-gen-go-grpc", source.forServices());
    generate(folder, "protoc-gen-grpc-gateway", source.forServices());
    go(folder, List.of("build", "-trimpath", "-o", "gateway", "."));
    ArtifactCache.delete(folder.resolve("plugins"));
  }

  private static void go(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("go"));
    command.addAll(arguments);
    Process process = start(folder, command);
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    end(process, "go " + arguments.getFirst(), said);
  }

  private static void generate(Path folder, String plugin, CodeGeneratorRequest request)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(folder.resolve("plugins").resolve(plugin).toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var in = process.getOutputStream()) {
      request.writeTo(in);
    }
    CodeGeneratorResponse made = CodeGeneratorResponse.parseFrom(process.getInputStream());
    end(process, plugin, made.getError());
    if (!made.getError().isEmpty()) {
      throw new IOException(plugin + ": " + made.getError());
    }
    for (CodeGeneratorResponse.File file : made.getFileList()) {
      Path target = folder.resolve(file.getName()).normalize();
      if (!target.startsWith(folder)) {
        throw new IOException(plugin + " writes elsewhere: " + file.getName());
      }
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getContent());
    }
  }

  private static Process start(Path folder, List<String> command) {
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new StackException(
          "the peer cannot be built: " + e.getMessage(), "have Go 1.25 or newer on the PATH");
    }
  }

  private static void end(Process process, String what, String said)
      throws IOException, InterruptedException {
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(what + " does not end");
    }
    if (process.exitValue() != 0) {
      throw new StackException(
          "the peer cannot be built, " + what + " says: " + said.strip(),
          "is a Go module proxy reachable?");
    }
  }
}
