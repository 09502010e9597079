package dev.lantern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrdersFileTest {
  private static final List<String> COLUMNS = List.of("order_no", "amount_fen", "note");

  @TempDir private Path directory = Path.of("");

  private OrdersFile read(String text) throws IOException {
    Path file = directory.resolve("orders.csv");
    Files.writeString(file, text);
    return OrdersFile.read(file, COLUMNS);
  }

  @Test
  void columns_comeInAnyOrder_andCellsMayBeQuoted() throws IOException {
    OrdersFile file =
        read("amount_fen, note,order_no\r\n88,\"a, \"\"b\"\"\nc\",17_s_1_1_3\r\n\r\n9,,x\n");

    assertThat(file.rows())
        .containsExactly(
            Map.of("amount_fen", "88", "note", "a, \"b\"\nc", "order_no", "17_s_1_1_3"),
            Map.of("amount_fen", "9", "note", "", "order_no", "x"));
    assertThat(OrdersFile.number(file.rows().getFirst(), "amount_fen")).isEqualTo(88);
    assertThat(OrdersFile.number(file.rows().getFirst(), "act_id")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "order_no,amount\n", "order_no,amount_fen\n1\n", "order_no\n\"open\n"})
  void fileThatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(BadDocument.class);
  }

  @Test
  void amountThatIsNoWholeNumber_isRefused() throws IOException {
    Map<String, String> row = read("amount_fen\n0.88\n").rows().getFirst();
    assertThatThrownBy(() -> OrdersFile.number(row, "amount_fen")).isInstanceOf(BadDocument.class);
  }
}
