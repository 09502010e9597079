package dev.lantern.ordercenter.campaign;

/// What is wrong with a document, and where.
///
/// @param path as `children[0].scenes[1].rounds[0].opens`
/// @param line 1-based; 0 when the document as a whole is meant
public record Problem(String path, int line, String message) {}
