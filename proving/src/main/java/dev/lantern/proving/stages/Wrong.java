package dev.lantern.proving.stages;

/// Something that is kept under another stage than the tree declares for it.
///
/// @param kind such as `ORDER`, `NUMBER`, `MONEY`
public record Wrong(String kind, String orderNo, String detail) {}
