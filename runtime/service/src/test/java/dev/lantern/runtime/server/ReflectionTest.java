package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.internal.testing.StreamRecorder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A tool that knows nothing but the address can read the API and its refusals.
@Timeout(60)
class ReflectionTest {
  @TempDir static Path home;

  private final World world = World.of(home);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void detailsOfRefusals_areKnown_betweenOtherQuestionsOfOneStream() throws Exception {
    world.serve(World::whoAmI);
    StreamRecorder<ServerReflectionResponse> answers = StreamRecorder.create();
    var stream =
        ServerReflectionGrpc.newStub(world.channel("operator", "order-center"))
            .serverReflectionInfo(answers);
    var symbol = ServerReflectionRequest.newBuilder();
    stream.onNext(symbol.setFileContainingSymbol("google.rpc.ErrorInfo").build());
    stream.onNext(symbol.setListServices("").build());
    stream.onNext(symbol.setFileContainingSymbol("lantern.play.v1.PlayService").build());
    stream.onNext(symbol.setFileByFilename("google/rpc/error_details.proto").build());
    stream.onCompleted();

    assertThat(answers.awaitCompletion(20, TimeUnit.SECONDS)).isTrue();
    assertThat(answers.getError()).isNull();
    var told = answers.getValues();
    assertThat(told).hasSize(4);
    assertThat(files(told.get(0)))
        .contains("google/rpc/error_details.proto", "google/protobuf/duration.proto");
    assertThat(told.get(1).getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains("lantern.play.v1.PlayService", "grpc.reflection.v1.ServerReflection");
    assertThat(files(told.get(2))).contains("lantern/play/v1/play_service.proto");
    assertThat(files(told.get(3))).contains("google/rpc/error_details.proto");
  }

  private static List<String> files(ServerReflectionResponse answer) {
    return answer.getFileDescriptorResponse().getFileDescriptorProtoList().stream()
        .map(ReflectionTest::name)
        .toList();
  }

  private static String name(ByteString file) {
    try {
      return FileDescriptorProto.parseFrom(file).getName();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
