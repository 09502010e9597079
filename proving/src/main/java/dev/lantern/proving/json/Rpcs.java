package dev.lantern.proving.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.DebugInfo;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.LocalizedMessage;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RequestInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Optional;

/// The RPCs that clients may call, with what goes in and out of them.
enum Rpcs {
  CREATE_SESSION(
      "wallet-api", "POST", "/v1/sessions", IdentityServiceGrpc.getCreateSessionMethod()),
  GRAB(
      "order-center",
      "POST",
      "/v1/activities/{activity_id}/scenes/{scene_id}/rounds/{rain_id}:grab",
      PlayServiceGrpc.getGrabMethod()),
  GET_ORDER("order-center", "GET", "/v1/orders/{order_no}", OrderServiceGrpc.getGetOrderMethod()),
  LIST_ORDERS(
      "order-center",
      "GET",
      "/v1/activities/{activity_id}/orders",
      OrderServiceGrpc.getListOrdersMethod()),
  GET_WALLET(
      "wallet-api",
      "GET",
      "/v1/activities/{activity_id}/wallet",
      WalletServiceGrpc.getGetWalletMethod()),
  LIST_FLOWS(
      "wallet-api",
      "GET",
      "/v1/activities/{activity_id}/wallet/flows",
      WalletServiceGrpc.getListFlowsMethod()),
  PRESENT_TOKENS(
      "wallet-api", "POST", "/v1/tokens:present", WalletServiceGrpc.getPresentTokensMethod()),
  GET_COUNTER("counter-service", "GET", "/v1/counters/{name}", CounterServiceGrpc.getGetMethod());

  private static final TypeRegistry DETAILS =
      TypeRegistry.newBuilder()
          .add(
              List.of(
                  ErrorInfo.getDescriptor(),
                  RetryInfo.getDescriptor(),
                  BadRequest.getDescriptor(),
                  DebugInfo.getDescriptor(),
                  QuotaFailure.getDescriptor(),
                  PreconditionFailure.getDescriptor(),
                  RequestInfo.getDescriptor(),
                  ResourceInfo.getDescriptor(),
                  Help.getDescriptor(),
                  LocalizedMessage.getDescriptor()))
          .build();

  private final String service;
  private final String verb;
  private final String path;
  private final String fullName;
  private final Descriptor request;
  private final Descriptor response;

  Rpcs(String service, String verb, String path, MethodDescriptor<?, ?> method) {
    this.service = service;
    this.verb = verb;
    this.path = path;
    this.fullName = method.getFullMethodName();
    if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema)) {
      throw new IllegalStateException("no schema of " + fullName);
    }
    this.request = schema.getMethodDescriptor().getInputType();
    this.response = schema.getMethodDescriptor().getOutputType();
  }

  /// Which service answers it.
  String service() {
    return service;
  }

  String verb() {
    return verb;
  }

  /// With its variables in braces.
  String path() {
    return path;
  }

  String fullName() {
    return fullName;
  }

  Descriptor request() {
    return request;
  }

  Descriptor response() {
    return response;
  }

  boolean hasBody() {
    return verb.equals("POST");
  }

  static Optional<Rpcs> of(String fullName) {
    for (Rpcs rpc : values()) {
      if (rpc.fullName.equals(fullName)) {
        return Optional.of(rpc);
      }
    }
    return Optional.empty();
  }

  /// A request's bytes in JSON: what the service understands of them.
  JsonElement requestJson(byte[] bytes) {
    try {
      var message = DynamicMessage.parseFrom(request, bytes);
      return JsonParser.parseString(JsonFormat.printer().print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a " + request.getName(), e);
    }
  }

  byte[] responseBytes(JsonElement json) {
    try {
      var builder = DynamicMessage.newBuilder(response);
      JsonFormat.parser().merge(json.toString(), builder);
      return builder.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a " + response.getName() + ": " + json, e);
    }
  }

  static Status status(JsonElement json) {
    try {
      var builder = Status.newBuilder();
      JsonFormat.parser().usingTypeRegistry(DETAILS).merge(json.toString(), builder);
      return builder.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a google.rpc.Status: " + json, e);
    }
  }
}
