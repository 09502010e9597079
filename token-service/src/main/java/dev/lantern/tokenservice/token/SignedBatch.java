package dev.lantern.tokenservice.token;

import com.google.protobuf.ByteString;
import dev.lantern.token.v1.SignedToken;
import java.util.List;

/// Tokens under one root, in the order of their payloads.
///
/// @param root what stands for them in the log: the tree's root, or of a plain signature its hash
public record SignedBatch(String keyId, ByteString root, List<SignedToken> tokens) {}
