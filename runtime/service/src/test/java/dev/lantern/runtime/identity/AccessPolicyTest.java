package dev.lantern.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.runtime.errors.Refused;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

  private static final MethodDescriptor<?, ?> ADD = CounterServiceGrpc.getAddMethod();
  private static final MethodDescriptor<?, ?> GET = CounterServiceGrpc.getGetMethod();
  private static final MethodDescriptor<?, ?> GRAB = PlayServiceGrpc.getGrabMethod();
  private static final MethodDescriptor<?, ?> SESSION =
      IdentityServiceGrpc.getCreateSessionMethod();

  private final AccessPolicy policy =
      AccessPolicy.builder()
          .service(CounterServiceGrpc.SERVICE_NAME, "order-center", "operator")
          .method(ADD, "order-center")
          .users(GRAB, "operator")
          .anyone(SESSION)
          .build();

  @Test
  void service_namedCallers_mayCallEveryMethodWithoutARuleOfItsOwn() {
    assertThat(refusal(GET, caller("order-center"))).isNull();
    assertThat(refusal(GET, caller("operator"))).isNull();
    assertThat(refusal(ADD, caller("order-center"))).isNull();
    assertThat(refusal(ADD, caller("operator"))).isEqualTo(Reason.REASON_FORBIDDEN);
    assertThat(refusal(GET, caller("wallet-api"))).isEqualTo(Reason.REASON_FORBIDDEN);
  }

  @Test
  void edge_mayCallOnlyWhatIsForUsers() {
    var user = Optional.of(new User(1, 1));
    assertThat(refusal(GRAB, edge(user))).isNull();
    assertThat(refusal(GRAB, edge(Optional.empty()))).isEqualTo(Reason.REASON_UNAUTHENTICATED);
    assertThat(refusal(SESSION, edge(Optional.empty()))).isNull();
    assertThat(refusal(GET, edge(user))).isEqualTo(Reason.REASON_FORBIDDEN);
    assertThat(refusal(GRAB, caller("operator"))).isNull();
    assertThat(refusal(GRAB, caller("wallet-api"))).isEqualTo(Reason.REASON_FORBIDDEN);
  }

  @Test
  void stressMark_isTakenFromTheEdgeTheDriverAndCarriersAlone() {
    var marked =
        AccessPolicy.builder()
            .service(CounterServiceGrpc.SERVICE_NAME, "order-center", "operator", "stress-driver")
            .users(GRAB)
            .carriers("order-center")
            .build();
    var user = Optional.of(new User(1, 1));
    assertThat(refusal(marked, GET, trial("order-center", Optional.empty()))).isNull();
    assertThat(refusal(marked, GET, trial("stress-driver", Optional.empty()))).isNull();
    assertThat(refusal(marked, GRAB, trial("envoy-edge", user))).isNull();
    assertThat(refusal(marked, GET, trial("operator", Optional.empty())))
        .isEqualTo(Reason.REASON_FORBIDDEN);
    assertThat(refusal(marked, GET, caller("operator"))).isNull();
    assertThat(refusal(marked, GRAB, trial("stress-driver", Optional.empty())))
        .isEqualTo(Reason.REASON_FORBIDDEN);
  }

  @Test
  void unnamedMethod_isForbiddenToAll() {
    var nothing = AccessPolicy.builder().build();
    assertThatThrownBy(() -> nothing.check("lantern.x.v1.X/Do", caller("operator")))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.reason()).isEqualTo(Reason.REASON_FORBIDDEN));
  }

  @Test
  void health_isOpenToTheMeshItself() {
    policy.check("grpc.health.v1.Health/Check", caller("envoy-mesh"));
    assertThat(refusal(GET, caller("envoy-mesh"))).isEqualTo(Reason.REASON_FORBIDDEN);
  }

  @Test
  void builder_proxyAsCallerOrDoubledRule_isADefect() {
    assertThatThrownBy(() -> AccessPolicy.builder().method(ADD, "envoy-mesh"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccessPolicy.builder().method(ADD, "a").users(ADD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private @Nullable Reason refusal(MethodDescriptor<?, ?> method, RequestContext context) {
    return refusal(policy, method, context);
  }

  private static RequestContext trial(String name, Optional<User> user) {
    return new RequestContext(new SpiffeId(name), user, Lane.LANE_STRESS);
  }

  private static @Nullable Reason refusal(
      AccessPolicy by, MethodDescriptor<?, ?> method, RequestContext context) {
    Throwable thrown = catchThrowable(() -> by.check(method.getFullMethodName(), context));
    return thrown instanceof Refused refused ? refused.reason() : null;
  }

  private static RequestContext caller(String name) {
    return new RequestContext(new SpiffeId(name), Optional.empty(), Lane.LANE_LIVE);
  }

  private static RequestContext edge(Optional<User> user) {
    return new RequestContext(SpiffeId.EDGE, user, Lane.LANE_LIVE);
  }
}
