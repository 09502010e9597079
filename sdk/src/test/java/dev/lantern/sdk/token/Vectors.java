package dev.lantern.sdk.token;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.SignedToken;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes the published test vectors: the key of RFC 8032's first test, which is worth nothing, and
/// blindings that are no secret.
final class Vectors {
  private static final HexFormat HEX = HexFormat.of();
  private static final String LIVE_KEY = "reward-live-21fe31df";
  private static final String STRESS_KEY = "reward-stress-21fe31df";
  private static final String SESSION_KEY = "session-live-21fe31df";

  private Vectors() {}

  static String made() {
    Trees signer = Trees.ofRfc8032(LIVE_KEY);
    List<PublicKey> keys =
        List.of(
            signer.key(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE),
            signer.key(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_STRESS).toBuilder()
                .setKeyId(STRESS_KEY)
                .build(),
            signer.key(KeyPurpose.KEY_PURPOSE_SESSION, Lane.LANE_LIVE).toBuilder()
                .setKeyId(SESSION_KEY)
                .build());
    JsonObject whole = new JsonObject();
    whole.addProperty("lane", "live");
    JsonArray listed = new JsonArray();
    keys.forEach(key -> listed.add(key(key)));
    whole.add("keys", listed);
    whole.add("vectors", vectors(signer, new TokenVerifier(keys, Lane.LANE_LIVE)));
    return new GsonBuilder().setPrettyPrinting().create().toJson(whole) + "\n";
  }

  private static JsonArray vectors(Trees signer, TokenVerifier verifier) {
    var live = TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE);
    var stress = TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_STRESS);
    SignedToken plain = signer.plain(live, Trees.payloads(1).getFirst());
    List<SignedToken> tree = signer.tree(live, Trees.payloads(5));
    SignedToken first = tree.getFirst();
    JsonArray all = new JsonArray();
    all.add(vector("alone", plain.toByteArray(), verifier));
    for (int i = 0; i < tree.size(); i++) {
      all.add(vector("leaf " + i + " of 5", tree.get(i).toByteArray(), verifier));
    }
    all.add(vector("leaf 0 as leaf 1", with(first, 1, 5), verifier));
    all.add(vector("leaf 0 of 5 as of 4", with(first, 0, 4), verifier));
    all.add(vector("leaf 0 as leaf 5", with(first, 5, 5), verifier));
    all.add(vector("without a hash of its path", shortened(first), verifier));
    all.add(vector("a blinding of 15 bytes", blinded(first), verifier));
    all.add(
        vector("without a proof", plain.toBuilder().clearProof().build().toByteArray(), verifier));
    all.add(vector("a root's signature as a plain one", asPlain(first), verifier));
    all.add(vector("another lane's key", keyed(plain, STRESS_KEY), verifier));
    all.add(vector("a session's key", keyed(plain, SESSION_KEY), verifier));
    all.add(vector("nobody's key", keyed(plain, "reward-live-00000000"), verifier));
    all.add(
        vector(
            "another lane's context",
            signer.plain(stress, plain.getPayload()).toByteArray(),
            verifier));
    all.add(
        vector(
            "another amount",
            plain.toBuilder()
                .setPayload(Trees.token(0).toBuilder().setAmount(99_999).build().toByteString())
                .build()
                .toByteArray(),
            verifier));
    payloads(plain.getPayload())
        .forEach((name, payload) ->
            all.add(vector(name, signer.plain(live, payload).toByteArray(), verifier)));
    all.add(
        vector("field 15 around it", joined(plain.toByteArray(), HEX.parseHex("7801")), verifier));
    all.add(vector("two proofs", joined(plain.toByteArray(), merkleOf(first)), verifier));
    return all;
  }

  /// What is signed, and whether it is a token is a question of its bytes alone.
  private static Map<String, ByteString> payloads(ByteString payload) {
    Map<String, ByteString> all = new LinkedHashMap<>();
    all.put("lease_id twice, signed", and(payload, "4801"));
    all.put("field 17, signed", and(payload, "880101"));
    all.put("requested_amount 88 and the fallback", and(payload, "70587801"));
    all.put("the fallback and its reward", and(payload, "78018201056669786564"));
    all.put("requested_amount below zero", and(payload, "70ffffffffffffffffff01"));
    all.put("requested_amount in two bytes too many", and(payload, "70d88000"));
    all.put("requested_amount 0, said", and(payload, "7000"));
    all.put("fallback 2", and(payload, "7802"));
    // rain_id, field 8, comes before lease_id, whose 10 bytes are the last.
    ByteString before = payload.substring(0, payload.size() - 10);
    ByteString lease = payload.substring(payload.size() - 10);
    ByteString round = before.substring(0, before.size() - 1);
    all.put("rain_id 1", and(round, "01").concat(lease));
    all.put("rain_id 4294967297", and(round, "8180808010").concat(lease));
    all.put("rain_id -1", and(round, "ffffffffffffffffff01").concat(lease));
    return all;
  }

  private static ByteString and(ByteString payload, String hex) {
    return payload.concat(ByteString.copyFrom(HEX.parseHex(hex)));
  }

  static JsonObject key(PublicKey key) {
    JsonObject json = new JsonObject();
    json.addProperty("kid", key.getKeyId());
    json.addProperty("purpose", lower(key.getPurpose().name(), "KEY_PURPOSE_"));
    json.addProperty("lane", lower(key.getLane().name(), "LANE_"));
    json.addProperty("x", HEX.formatHex(key.getEd25519().toByteArray()));
    return json;
  }

  static JsonObject vector(String name, byte[] token, TokenVerifier verifier) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("verdict", word(verifier.verify(token)));
    json.addProperty("token", HEX.formatHex(token));
    return json;
  }

  static String word(TokenVerdict verdict) {
    return switch (verdict) {
      case TokenVerdict.Valid _ -> "VALID";
      case TokenVerdict.Refused refused -> refused.problem().name();
    };
  }

  private static byte[] with(SignedToken token, int index, int size) {
    return proof(token, token.getMerkle().toBuilder().setLeafIndex(index).setTreeSize(size));
  }

  private static byte[] shortened(SignedToken token) {
    List<ByteString> path = token.getMerkle().getPathList();
    return proof(
        token,
        token.getMerkle().toBuilder().clearPath().addAllPath(path.subList(0, path.size() - 1)));
  }

  private static byte[] blinded(SignedToken token) {
    return proof(
        token,
        token.getMerkle().toBuilder().setBlinding(token.getMerkle().getBlinding().substring(1)));
  }

  private static byte[] proof(SignedToken token, MerkleProof.Builder proof) {
    return token.toBuilder().setMerkle(proof).build().toByteArray();
  }

  private static byte[] asPlain(SignedToken token) {
    return token.toBuilder()
        .setSignature(token.getMerkle().getRootSignature())
        .build()
        .toByteArray();
  }

  private static byte[] keyed(SignedToken token, String keyId) {
    return token.toBuilder().setKeyId(keyId).build().toByteArray();
  }

  private static byte[] merkleOf(SignedToken token) {
    return SignedToken.newBuilder().setMerkle(token.getMerkle()).build().toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }

  private static String lower(String name, String prefix) {
    return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
  }
}
