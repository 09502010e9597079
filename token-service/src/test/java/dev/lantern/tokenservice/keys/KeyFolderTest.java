package dev.lantern.tokenservice.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.stores.Secret;
import dev.lantern.tokenservice.keys.UnusableKeyException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFolderTest {

  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  @TempDir Path temporary;

  @Test
  void open_ofAnEmptyFolder_makesOneKeyPerPurposeAndLane() throws IOException {
    Path folder = temporary.resolve("keys");

    List<SigningKey> keys = new KeyFolder(folder, true).open(NOW);

    assertThat(keys).extracting(SigningKey::scope).containsExactlyElementsOf(KeyScope.all());
    assertThat(keys).extracting(SigningKey::publicKey).doesNotHaveDuplicates();
    assertThat(names(folder))
        .containsExactlyInAnyOrder(
            "reward-live.pem", "reward-stress.pem", "session-live.pem", "session-stress.pem");
  }

  @Test
  void created_filesAreForTheirOwnerAlone() throws IOException {
    Path folder = temporary.resolve("keys");
    new KeyFolder(folder, true).open(NOW);

    assertThat(mode(folder)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
    }
  }

  @Test
  void restart_keepsKeysAndIdsAndTimes() {
    List<SigningKey> first = new KeyFolder(temporary, true).open(NOW);
    List<SigningKey> again = new KeyFolder(temporary, false).open(NOW.plusSeconds(60));

    for (int i = 0; i < first.size(); i++) {
      assertThat(again.get(i).id()).isEqualTo(first.get(i).id());
      assertThat(again.get(i).createTime()).isEqualTo(first.get(i).createTime());
      assertThat(again.get(i).pkcs8()).isEqualTo(first.get(i).pkcs8());
      assertThat(again.get(i).publicKey()).isEqualTo(first.get(i).publicKey());
    }
  }

  @Test
  void twoStartsAtOnce_agreeOnOneSetOfKeys() throws Exception {
    Callable<Set<KeyId>> start =
        () ->
            new KeyFolder(temporary, true)
                .open(NOW).stream().map(SigningKey::id).collect(Collectors.toSet());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<Set<KeyId>> seen =
          threads.invokeAll(List.of(start, start, start, start)).stream()
              .map(future -> future.resultNow())
              .collect(Collectors.toSet());
      assertThat(seen).hasSize(1);
    }
    assertThat(names(temporary)).hasSize(KeyScope.all().size());
  }

  @Test
  void missingKey_inProduction_isRefusedAndNotMade() throws IOException {
    new KeyFolder(temporary, true).open(NOW);
    Files.delete(temporary.resolve("session-live.pem"));

    assertThat(refusal()).isEqualTo(Problem.MISSING);
    assertThat(names(temporary)).hasSize(3);
  }

  @Test
  void missingFolder_inProduction_isRefused() {
    var e =
        catchThrowableOfType(
            UnusableKeyException.class,
            () -> new KeyFolder(temporary.resolve("absent"), false).open(NOW));
    assertThat(e.problem()).isEqualTo(Problem.MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------", "rw-rw-rw-"})
  void file_thatOthersMayUse_isRefused(String mode) throws IOException {
    new KeyFolder(temporary, true).open(NOW);
    Path file = temporary.resolve("reward-live.pem");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThat(refusal()).isEqualTo(Problem.UNSAFE_MODE);
  }

  @Test
  void folder_thatOthersMayWriteTo_isRefused() throws IOException {
    new KeyFolder(temporary, true).open(NOW);
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwx---"));

    assertThat(refusal()).isEqualTo(Problem.UNSAFE_MODE);
  }

  @Test
  void readOnlyFile_isAccepted() throws IOException {
    new KeyFolder(temporary, true).open(NOW);
    for (String name : names(temporary)) {
      Files.setPosixFilePermissions(
          temporary.resolve(name), PosixFilePermissions.fromString("r--------"));
    }

    assertThat(new KeyFolder(temporary, false).open(NOW)).hasSize(4);
  }

  @Test
  void fileOfAnotherPurpose_isRefused() throws IOException {
    new KeyFolder(temporary, true).open(NOW);
    Path reward = temporary.resolve("reward-live.pem");
    Files.delete(reward);
    Files.copy(temporary.resolve("session-live.pem"), reward);
    Files.setPosixFilePermissions(reward, PosixFilePermissions.fromString("rw-------"));

    assertThat(refusal()).isEqualTo(Problem.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key-id: x", "-----BEGIN PRIVATE KEY-----\nAAAA\n"})
  void fileThatIsNoKey_isRefused(String content) throws IOException {
    new KeyFolder(temporary, true).open(NOW);
    Files.writeString(temporary.resolve("reward-live.pem"), content);

    assertThat(refusal()).isEqualTo(Problem.MALFORMED);
  }

  @Test
  void publicHalfSwapped_isRefused() throws IOException {
    new KeyFolder(temporary, true).open(NOW);
    Path file = temporary.resolve("reward-live.pem");
    String mine = Files.readString(file);
    String other = Files.readString(temporary.resolve("session-live.pem"));
    Files.writeString(file, before(mine) + publicBlock(other));

    assertThat(refusal()).isEqualTo(Problem.MALFORMED);
  }

  @Test
  void sealedKeys_areReadWithTheirPassphraseAlone() throws IOException {
    List<SigningKey> made = sealed("the right passphrase", true).open(NOW);

    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files)
          .hasSize(4)
          .allSatisfy(file ->
              assertThat(Files.readString(file))
                  .contains("ENCRYPTED PRIVATE KEY")
                  .doesNotContain("BEGIN PRIVATE KEY"));
    }
    List<SigningKey> again = sealed("the right passphrase", false).open(NOW);
    for (int i = 0; i < made.size(); i++) {
      assertThat(again.get(i).pkcs8()).isEqualTo(made.get(i).pkcs8());
    }
    assertThat(problem(sealed("another passphrase", false))).isEqualTo(Problem.MALFORMED);
    assertThat(refusal()).isEqualTo(Problem.MALFORMED);
  }

  @Test
  void guessAtThePassphrase_costsAsMuchAsItShould() throws Exception {
    byte[] sealed =
        new Sealing(new Secret("the right passphrase"), new SecureRandom())
            .seal(SigningKey.generate(new KeyScope(Purpose.REWARD, KeyLane.LIVE), NOW).pkcs8());

    var spec =
        new EncryptedPrivateKeyInfo(sealed)
            .getAlgParameters()
            .getParameterSpec(PBEParameterSpec.class);
    assertThat(spec.getIterationCount()).isGreaterThanOrEqualTo(600_000);
    assertThat(spec.getSalt()).hasSizeGreaterThanOrEqualTo(16);
  }

  @Test
  void moreKeysThanAreRead_areRefused_notLeftOut() throws IOException {
    var _ = new KeyFolder(temporary, true).open(NOW);
    for (int i = 0; i < KeyFolder.MOST; i++) {
      Files.createFile(temporary.resolve("reward-live-%08x.pem".formatted(i)));
    }

    assertThat(refusal()).isEqualTo(Problem.UNREADABLE);
  }

  @Test
  void openKeys_areSealedWhereKeysAreMade_andRefusedElsewhere() throws IOException {
    List<SigningKey> made = new KeyFolder(temporary, true).open(NOW);

    assertThat(problem(sealed("the right passphrase", false))).isEqualTo(Problem.UNSEALED);
    List<SigningKey> again = sealed("the right passphrase", true).open(NOW);

    assertThat(again.getFirst().pkcs8()).isEqualTo(made.getFirst().pkcs8());
    assertThat(Files.readString(temporary.resolve("reward-live.pem")))
        .contains("ENCRYPTED PRIVATE KEY");
    assertThat(mode(temporary.resolve("reward-live.pem"))).isEqualTo("rw-------");
  }

  @Test
  void addedKey_isReadBesideTheFirst_inTheOrderOfUse() throws IOException {
    KeyFolder folder = new KeyFolder(temporary, true);
    KeyScope scope = new KeyScope(Purpose.REWARD, KeyLane.LIVE);
    SigningKey first = folder.open(NOW).getFirst();
    String marks = folder.marks();
    SigningKey later = folder.add(scope, NOW, NOW.plusSeconds(600));

    assertThat(folder.marks()).isNotEqualTo(marks);
    assertThat(folder.open(NOW).stream().filter(key -> key.scope().equals(scope)))
        .extracting(SigningKey::id)
        .containsExactly(first.id(), later.id());
    assertThat(names(temporary)).contains(later.id().value() + ".pem");

    Files.delete(temporary.resolve("reward-live.pem"));
    assertThat(new KeyFolder(temporary, false).open(NOW)).hasSize(4);
  }

  private KeyFolder sealed(String passphrase, boolean createMissing) {
    return new KeyFolder(
        temporary,
        createMissing,
        Optional.of(new Sealing(new Secret(passphrase), new SecureRandom())));
  }

  private static Problem problem(KeyFolder folder) {
    return catchThrowableOfType(UnusableKeyException.class, () -> folder.open(NOW)).problem();
  }

  private Problem refusal() {
    return catchThrowableOfType(
            UnusableKeyException.class, () -> new KeyFolder(temporary, false).open(NOW))
        .problem();
  }

  private static String before(String file) {
    return file.substring(0, file.indexOf("-----BEGIN PUBLIC"));
  }

  private static String publicBlock(String file) {
    return file.substring(file.indexOf("-----BEGIN PUBLIC"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
