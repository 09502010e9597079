package dev.lantern.sdk.counter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What every journal promises.
abstract class JournalContract {
  private static final String OPENED = "spring-demo.opened";
  private static final String GIVEN = "spring-demo.given";

  /// The journal as a writer's next life finds it; the life before is over.
  abstract Journal nextLife();

  @Test
  void newJournal_hasNothingLeft() {
    assertThat(nextLife().left()).isEmpty();
  }

  @Test
  void whatWasAdded_isLeftToTheNextLife_underItsEpoch() {
    Journal first = nextLife();
    Cells opened = new Cells(first.begin(OPENED, 7));
    Cells given = new Cells(first.begin(GIVEN, 7));
    opened.add(5);
    given.add(88);
    opened.add(1);

    assertThat(nextLife().left())
        .containsExactlyInAnyOrder(new Journal.Left(OPENED, 7, 6), new Journal.Left(GIVEN, 7, 88));
  }

  @Test
  void laterLife_beginsAtNothing_besideTheEarlierOnes() {
    new Cells(nextLife().begin(OPENED, 7)).add(5);
    Cells second = new Cells(nextLife().begin(OPENED, 8));
    assertThat(second.total()).isZero();
    second.add(2);

    assertThat(nextLife().left())
        .containsExactlyInAnyOrder(new Journal.Left(OPENED, 7, 5), new Journal.Left(OPENED, 8, 2));
  }

  @Test
  void forgotten_isGone_andForgettingItAgainIsHarmless() {
    Journal first = nextLife();
    new Cells(first.begin(OPENED, 7)).add(5);
    new Cells(first.begin(GIVEN, 7)).add(88);

    Journal second = nextLife();
    second.forget(new Journal.Left(OPENED, 7, 5));
    second.forget(new Journal.Left(OPENED, 7, 5));

    assertThat(nextLife().left()).containsExactly(new Journal.Left(GIVEN, 7, 88));
  }
}
