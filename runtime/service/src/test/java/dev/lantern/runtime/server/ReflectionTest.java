package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
  private final BlockingQueue<ServerReflectionResponse> answers = new ArrayBlockingQueue<>(10);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void detailsOfRefusals_areKnown_betweenOtherQuestionsOfOneStream() throws Exception {
    world.serve(World::whoAmI);
    var stream =
        ServerReflectionGrpc.newStub(world.channel("operator", "order-center"))
            .serverReflectionInfo(observer());
    var symbol = ServerReflectionRequest.newBuilder();
    stream.onNext(symbol.setFileContainingSymbol("google.rpc.ErrorInfo").build());
    stream.onNext(symbol.setListServices("").build());
    stream.onNext(symbol.setFileContainingSymbol("lantern.play.v1.PlayService").build());
    stream.onNext(symbol.setFileByFilename("google/rpc/error_details.proto").build());
    stream.onCompleted();

    assertThat(files())
        .contains("google/rpc/error_details.proto", "google/protobuf/duration.proto");
    assertThat(next().getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains("lantern.play.v1.PlayService", "grpc.reflection.v1.ServerReflection");
    assertThat(files()).contains("lantern/play/v1/play_service.proto");
    assertThat(files()).contains("google/rpc/error_details.proto");
  }

  private List<String> files() throws Exception {
    return next().getFileDescriptorResponse().getFileDescriptorProtoList().stream()
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

  private ServerReflectionResponse next() throws InterruptedException {
    ServerReflectionResponse answer = answers.poll(20, TimeUnit.SECONDS);
    assertThat(answer).isNotNull();
    return answer;
  }

  private StreamObserver<ServerReflectionResponse> observer() {
    return new StreamObserver<>() {
      @Override
      public void onNext(ServerReflectionResponse answer) {
        answers.add(answer);
      }

      @Override
      public void onError(Throwable failure) {
        answers.add(ServerReflectionResponse.getDefaultInstance());
      }

      @Override
      public void onCompleted() {}
    };
  }
}
