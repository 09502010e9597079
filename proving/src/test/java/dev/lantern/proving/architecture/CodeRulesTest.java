package dev.lantern.proving.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The house style's rules that a machine can check, over all modules on this class path. Generated
/// code (`dev.lantern.*.v1`) is nobody's style.
final class CodeRulesTest {
  private static final List<String> SERVICES =
      List.of("ordercenter", "walletapi", "tokenservice", "counterservice", "controlplane");

  private static JavaClasses code = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lantern")
            .that(not(resideInAPackage("dev.lantern..v1..")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.lantern.ordercenter.settle",
        "dev.lantern.walletapi",
        "dev.lantern.tokenservice",
        "dev.lantern.counterservice",
        "dev.lantern.controlplane",
        "dev.lantern.sdk.wallet",
        "dev.lantern.stores.sql",
        "dev.lantern.runtime.server",
        "dev.lantern.cli.stack",
        "dev.lantern.proving.laws",
        "dev.lantern.simulation.world",
        "dev.lantern.bench"
      })
  void code_ofEveryModule_isRead(String packageName) {
    assertThat(code.that(resideInAPackage(packageName + ".."))).isNotEmpty();
  }

  @Test
  void reactiveTypes_stayInStores() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.lantern.stores..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("reactor..", "org.reactivestreams..", "io.r2dbc..", "io.asyncer..")
        .check(code);
  }

  @Test
  void redisson_staysInTheRedisStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.lantern.stores.redis..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.redisson..")
        .check(code);
  }

  @Test
  void kafka_staysInClassesNamedForIt() {
    noClasses()
        .that(not(simpleNameStartingWith("Kafka")))
        .and(not(compositionRoot()))
        .and()
        .haveNameNotMatching(".*\\.proving\\.place\\.QueueLag.*")
        .and()
        .haveNameNotMatching(".*\\.Kafka[A-Za-z]*\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(code);
  }

  @Test
  void jdbc_isForMigrationsAndTheAuditor() {
    noClasses()
        .that()
        .resideInAnyPackage(services())
        .and(not(compositionRoot()))
        .and()
        .haveSimpleNameNotContaining("Migration")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.flywaydb..")
        .check(code);
  }

  @Test
  void clocksAndRandomness_comeFromTheCompositionRoot() {
    noClasses()
        .that()
        .resideInAnyPackage(decisions())
        .and(not(compositionRoot()))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(SecureRandom.class)
        .check(code);
  }

  @Test
  void names_sayWhatThingsAre() {
    classes()
        .should()
        .haveNameNotMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Base|Dto)(\\$.*)?")
        .check(code);
  }

  @Test
  void staticState_isFinal() {
    // One set of engines for all tests of a JVM: nothing but tests uses it.
    fields()
        .that()
        .areStatic()
        .and()
        .areNotDeclaredIn("dev.lantern.cli.stack.engine.SharedEngines")
        .should()
        .beFinal()
        .check(code);
  }

  @Test
  void nothing_isInjected() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.inject..",
            "javax.inject..",
            "com.google.inject..",
            "org.springframework..",
            "org.mockito..")
        .check(code);
  }

  @Test
  void everyPackage_isNullMarked() {
    List<String> bare =
        code.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(p -> p.getName())
            .toList();
    assertThat(bare).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("borders")
  void module_knowsOnlyWhatItMay(ArchRule rule) {
    rule.check(code);
  }

  static Stream<ArchRule> borders() {
    return Stream.concat(
        SERVICES.stream()
            .map(service ->
                noClasses()
                    .that()
                    .resideInAPackage("dev.lantern." + service + "..")
                    .should()
                    .dependOnClassesThat(
                        resideInAnyPackage(services())
                            .and(not(resideInAPackage("dev.lantern." + service + "..")))
                            .and(not(resideInAPackage("dev.lantern..v1.."))))),
        Stream.of(
            outside("dev.lantern.sdk..", "dev.lantern.runtime.."),
            outside("dev.lantern.stores..", "dev.lantern.runtime.."),
            outside("dev.lantern.runtime..", "dev.lantern.sdk.."),
            outside("dev.lantern.cli.stack..", services()),
            outside("dev.lantern.proving..", services()),
            outside("dev.lantern.proving..", "dev.lantern.simulation.."),
            outside("dev.lantern.bench..", "dev.lantern.proving..", "dev.lantern.cli.."),
            outside(
                "dev.lantern.bench..", servicesBut("ordercenter", "tokenservice", "controlplane")),
            onlyTheBenchmarksKnowBench(),
            outside("dev.lantern.simulation..", "dev.lantern.proving..", "dev.lantern.cli.."),
            outside("dev.lantern.proving.laws..", "dev.lantern.proving.rain.."),
            outside("dev.lantern.proving.clientlog..", "dev.lantern.proving.edge..")));
  }

  private static ArchRule outside(String packageName, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(packageName)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  /// It holds a service's own code: what judges the service must not come to know it there.
  private static ArchRule onlyTheBenchmarksKnowBench() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.lantern.bench..", "dev.lantern.proving.measure..", "dev.lantern.proving.json..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.lantern.bench..");
  }

  private static String[] servicesBut(String... some) {
    return SERVICES.stream()
        .filter(s -> !List.of(some).contains(s))
        .map(s -> "dev.lantern." + s + "..")
        .toArray(String[]::new);
  }

  private static String[] services() {
    return SERVICES.stream().map(s -> "dev.lantern." + s + "..").toArray(String[]::new);
  }

  /// What decides: services, what callers embed, and the law checks. Stores, the runtime and the
  /// embedded stack are edges of the machine themselves.
  private static String[] decisions() {
    return Stream.concat(
            Stream.of(services()),
            Stream.of(
                "dev.lantern.sdk..",
                "dev.lantern.proving..",
                "dev.lantern.simulation..",
                "dev.lantern.bench.."))
        .toArray(String[]::new);
  }

  /// The package of a service's Main and Wiring, where everything is put together.
  private static DescribedPredicate<JavaClass> compositionRoot() {
    return resideInAnyPackage(
        Stream.concat(
                SERVICES.stream().map(s -> "dev.lantern." + s), Stream.of("dev.lantern.proving"))
            .toArray(String[]::new));
  }
}
