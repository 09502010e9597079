package dev.lantern.runtime.server;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Checks each request against its size bound and the rules written in its proto, before the
/// handler sees it.
final class RequestRules implements ServerInterceptor {

  private static final int MAX_VIOLATIONS = 20;

  private final CallLimits limits;
  private final Validator validator = ValidatorFactory.newBuilder().build();

  RequestRules(CallLimits limits) {
    this.limits = limits;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        try {
          check(method, message);
        } catch (Refused e) {
          refused = true;
          throw e;
        }
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        // After a refused message the handler must not run on the half it has.
        if (!refused) {
          super.onHalfClose();
        }
      }
    };
  }

  private void check(String method, Object request) {
    if (request == ReadableRequests.NONE) {
      throw Refused.of(Reason.REASON_MALFORMED_BODY, "the body is not a message of this method");
    }
    if (request == ReadableRequests.TOO_LARGE) {
      throw tooLarge(method);
    }
    if (!(request instanceof Message message)) {
      return;
    }
    if (message.getSerializedSize() > limits.bytesOf(method)) {
      throw tooLarge(method);
    }
    ValidationResult result;
    try {
      result = validator.validate(message);
    } catch (ValidationException e) {
      throw new IllegalStateException(
          "the rules of " + message.getDescriptorForType().getFullName() + " do not compile", e);
    }
    if (!result.isSuccess()) {
      throw refusal(result);
    }
  }

  private Refused tooLarge(String method) {
    int bytes = limits.bytesOf(method);
    Refused refused =
        Refused.of(Reason.REASON_TOO_LARGE, "the request is over " + bytes + " bytes")
            .with("limit_bytes", Integer.toString(bytes));
    return limits
        .documentsOf(method)
        .map(documents ->
            refused.violation(
                documents.field(), "must be at most " + documents.maxBytes() + " bytes"))
        .orElse(refused);
  }

  private static Refused refusal(ValidationResult result) {
    Violation first = result.getViolations().getFirst();
    Refused refused =
        Refused.of(
            Reason.REASON_INVALID_FIELD,
            path(first.toProto().getField()) + ": " + first.toProto().getMessage());
    for (Violation violation : result.getViolations().stream().limit(MAX_VIOLATIONS).toList()) {
      var proto = violation.toProto();
      refused = refused.violation(path(proto.getField()), proto.getMessage());
    }
    return refused;
  }

  /// `orders[3].act_id`.
  private static String path(FieldPath path) {
    var text = new StringBuilder();
    for (FieldPathElement element : path.getElementsList()) {
      if (!text.isEmpty()) {
        text.append('.');
      }
      text.append(element.getFieldName());
      switch (element.getSubscriptCase()) {
        case INDEX -> text.append('[').append(element.getIndex()).append(']');
        case BOOL_KEY -> text.append('[').append(element.getBoolKey()).append(']');
        case INT_KEY -> text.append('[').append(element.getIntKey()).append(']');
        case UINT_KEY -> text.append('[').append(element.getUintKey()).append(']');
        case STRING_KEY -> text.append("[\"").append(element.getStringKey()).append("\"]");
        case SUBSCRIPT_NOT_SET -> {}
      }
    }
    return text.toString();
  }
}
