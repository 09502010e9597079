package dev.lantern.controlplane.resources;

import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;

/// Which traces Envoy records.
///
/// The samplers are younger than the stubs, so they are written as the structures that Envoy reads
/// in their place.
final class Sampling {
  private static final String NAME = "envoy.tracers.opentelemetry.samplers.";
  private static final String TYPE =
      "type.googleapis.com/envoy.extensions.tracers.opentelemetry.samplers.v3.";
  private static final int PER_MILLION = 1_000_000;

  private Sampling() {}

  /// The caller's decision where there is one, else this share of the traces begun here.
  static TypedExtensionConfig callerFirst(double ratio) {
    Struct share =
        Struct.newBuilder()
            .putFields("numerator", number(Math.rint(ratio * PER_MILLION)))
            .putFields("denominator", text("MILLION"))
            .build();
    Struct byRatio =
        Struct.newBuilder()
            .putFields("@type", text(TYPE + "TraceIdRatioBasedSamplerConfig"))
            .putFields("sampling_percentage", struct(share))
            .build();
    Struct wrapped =
        Struct.newBuilder()
            .putFields("name", text(NAME + "trace_id_ratio_based"))
            .putFields("typed_config", struct(byRatio))
            .build();
    var callerFirst =
        TypedStruct.newBuilder()
            .setTypeUrl(TYPE + "ParentBasedSamplerConfig")
            .setValue(Struct.newBuilder().putFields("wrapped_sampler", struct(wrapped)))
            .build();
    return TypedExtensionConfig.newBuilder()
        .setName(NAME + "parent_based")
        .setTypedConfig(Packed.any(callerFirst))
        .build();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  private static Value number(double value) {
    return Value.newBuilder().setNumberValue(value).build();
  }

  private static Value struct(Struct value) {
    return Value.newBuilder().setStructValue(value).build();
  }
}
