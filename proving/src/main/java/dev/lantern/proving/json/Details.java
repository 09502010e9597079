package dev.lantern.proving.json;

import java.util.List;

/// One of each kind of google.rpc's error details, in JSON.
final class Details {
  private static final String TYPE = "\"@type\":\"type.googleapis.com/google.rpc.";

  static final List<String> ALL =
      List.of(
          of(
              "ErrorInfo",
              "\"reason\":\"SOLD_OUT\",\"domain\":\"lantern\",\"metadata\":{\"a\":\"b\"}"),
          of("ErrorInfo", "\"reason\":\"\""),
          of("RetryInfo", "\"retryDelay\":\"2.500s\""),
          of("RetryInfo", "\"retryDelay\":\"0s\""),
          of("BadRequest", "\"fieldViolations\":[{\"field\":\"a.b\",\"description\":\"c\"}]"),
          of("PreconditionFailure", "\"violations\":[{\"type\":\"T\",\"subject\":\"s\"}]"),
          of("QuotaFailure", "\"violations\":[{\"subject\":\"s\",\"description\":\"d\"}]"),
          of("RequestInfo", "\"requestId\":\"r\",\"servingData\":\"d\""),
          of("ResourceInfo", "\"resourceType\":\"order\",\"resourceName\":\"1\""),
          of("Help", "\"links\":[{\"description\":\"d\",\"url\":\"https://example.com\"}]"),
          of("LocalizedMessage", "\"locale\":\"zh-CN\",\"message\":\"\u62a2\u5149\u4e86\""),
          of("DebugInfo", "\"stackEntries\":[\"a\",\"b\"],\"detail\":\"d\""));

  private Details() {}

  private static String of(String type, String fields) {
    return "{" + TYPE + type + "\"," + fields + "}";
  }
}
