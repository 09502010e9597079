package dev.lantern.ordercenter.campaign;

/// What is wrong with a document, where, and what would put it right.
///
/// @param path as `children[0].scenes[1].rounds[0].opens`
/// @param line 1-based; 0 when the document as a whole is meant
/// @param message what is wrong
/// @param remedy what to write instead, as an imperative
public record Problem(String path, int line, String message, String remedy) {}
