package dev.lantern.sdk.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.SignedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The published test vectors, by this verifier and by one in another language that shares no code
/// with it. `-Dlantern.goldens=write` writes the vectors.
class TokenVectorsTest {
  private static final Path FOLDER = Path.of("../docs/token-format");
  private static final HexFormat HEX = HexFormat.of();
  private static final TokenFormat LIVE =
      TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE);

  @TempDir Path folder;

  @Test
  void vectors_areWhatTheCodeMakes() throws IOException {
    String made = Vectors.made();
    Path golden = FOLDER.resolve("vectors.json");
    if ("write".equals(System.getProperty("lantern.goldens"))) {
      Files.writeString(golden, made);
    }
    assertThat(Files.readString(golden)).isEqualTo(made);
  }

  @Test
  void vectors_haveTheirVerdicts_here() throws IOException {
    JsonObject golden = read();
    TokenVerifier verifier = verifier(golden);
    for (JsonElement element : golden.getAsJsonArray("vectors")) {
      JsonObject vector = element.getAsJsonObject();
      byte[] token = HEX.parseHex(vector.get("token").getAsString());
      assertThat(Vectors.word(verifier.verify(token)))
          .as(vector.get("name").getAsString())
          .isEqualTo(vector.get("verdict").getAsString());
    }
  }

  @Test
  void vectors_haveTheirVerdicts_inPython() throws Exception {
    assertThat(python(FOLDER.resolve("vectors.json"))).isZero();
  }

  @Test
  void tokensOfAnyTree_andBrokenOnes_getTheSameVerdictInPython() throws Exception {
    Random random = new Random(7);
    Trees signer = new Trees("r1");
    JsonObject given = new JsonObject();
    given.addProperty("lane", "live");
    JsonArray keys = new JsonArray();
    PublicKey key = signer.key(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE);
    keys.add(Vectors.key(key));
    given.add("keys", keys);
    TokenVerifier verifier = new TokenVerifier(List.of(key), Lane.LANE_LIVE);
    JsonArray vectors = new JsonArray();
    for (int size : new int[] {2, 3, 6, 7, 33, 64, 100}) {
      List<SignedToken> tokens = signer.tree(LIVE, Trees.payloads(size));
      for (int i = 0; i < size; i++) {
        byte[] token = tokens.get(i).toByteArray();
        vectors.add(Vectors.vector("whole", token, verifier));
        byte[] broken = token.clone();
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
        vectors.add(Vectors.vector("broken", broken, verifier));
      }
    }
    given.add("vectors", vectors);
    Path file = folder.resolve("given.json");
    Files.writeString(file, given.toString());

    assertThat(vectors.asList())
        .filteredOn(it -> it.getAsJsonObject().get("verdict").getAsString().equals("VALID"))
        .hasSize(vectors.size() / 2);
    assertThat(python(file)).isZero();
  }

  @Test
  void python_thatIsToldAnotherVerdict_saysSo() throws Exception {
    JsonObject golden = read();
    golden.getAsJsonArray("vectors").get(0).getAsJsonObject().addProperty("verdict", "MALFORMED");
    Path file = folder.resolve("wrong.json");
    Files.writeString(file, new GsonBuilder().create().toJson(golden));

    assertThat(python(file)).isEqualTo(1);
  }

  private static JsonObject read() throws IOException {
    return JsonParser.parseString(Files.readString(FOLDER.resolve("vectors.json")))
        .getAsJsonObject();
  }

  private static TokenVerifier verifier(JsonObject golden) {
    List<PublicKey> keys =
        golden.getAsJsonArray("keys").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .map(key ->
                PublicKey.newBuilder()
                    .setKeyId(key.get("kid").getAsString())
                    .setPurpose(KeyPurpose.valueOf("KEY_PURPOSE_" + upper(key, "purpose")))
                    .setLane(Lane.valueOf("LANE_" + upper(key, "lane")))
                    .setEd25519(ByteString.copyFrom(HEX.parseHex(key.get("x").getAsString())))
                    .build())
            .toList();
    return new TokenVerifier(keys, Lane.LANE_LIVE);
  }

  private static String upper(JsonObject key, String name) {
    return key.get(name).getAsString().toUpperCase(Locale.ROOT);
  }

  private static int python(Path vectors) throws Exception {
    Process process =
        new ProcessBuilder("python3", FOLDER.resolve("verify.py").toString(), vectors.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
