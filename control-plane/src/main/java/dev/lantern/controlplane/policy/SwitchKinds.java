package dev.lantern.controlplane.policy;

import static dev.lantern.controlplane.policy.Field.may;
import static dev.lantern.controlplane.policy.Field.must;
import static dev.lantern.controlplane.policy.Shapes.ID;
import static dev.lantern.controlplane.policy.Shapes.SHARE;
import static dev.lantern.controlplane.policy.Shapes.WORDS;
import static dev.lantern.controlplane.policy.Shapes.span;

import java.time.Duration;
import java.util.List;

/// Shapes of switches and levels.
final class SwitchKinds {
  private static final int MOST_SETTINGS = 64;

  private static final Shape.Mapping DROP =
      Shape.Mapping.of(
          must("route", ID, "of this route that share of users is turned away"),
          may(
              "on_refuse",
              Shapes.onRefuse(Duration.ofSeconds(5), "please wait a moment"),
              "what they are told"));

  static final Shape.Mapping SWITCH =
      Shape.Mapping.of(
          must("description", WORDS, "what users then see"),
          must("default", SHARE, "per ten thousand: 0 off, 10000 on; where it falls back to"),
          may("removes", WORDS, "the feature or dependency that goes when it is turned"),
          may("obeyed_by", new Shape.Many(ID, 1, 8), "edge, or a service's name"),
          may("shown_by", WORDS, "the test that cuts it and shows what users see"),
          may("longest", span("1s", "720h"), "no turn may last longer"),
          may("drop", DROP, "turns that share of users away"));

  private static final Shape.Mapping SETTING =
      Shape.Mapping.of(must("switch", ID, "which"), must("to", SHARE, "per ten thousand"));

  private static final Shape.Mapping AUTOMATIC =
      Shape.Mapping.of(
          must("enter", new Shape.Whole(1, 1000), "per cent busy at which it is entered"),
          must("enter_after", span("0s", "10m"), "busy so long on end"),
          must("leave", new Shape.Whole(0, 1000), "per cent busy below which it is left"),
          must("leave_after", span("1s", "1h"), "calm so long on end"),
          must("at_least", span("1s", "1h"), "never left sooner after it was entered"));

  static final Shape.Mapping LEVEL =
      Shape.Mapping.of(
          must(
              "rank",
              new Shape.Whole(1, 9),
              "2 is called L2; a higher level includes the lower ones"),
          must("description", WORDS, "what users then see"),
          may(
              "approval",
              new Shape.Choice(List.of("none", "second-person")),
              "none",
              "who must agree before it is entered; a glass can be broken"),
          must("longest", span("1s", "24h"), "it ends by itself after so long at most"),
          may("automatic", AUTOMATIC, "entered and left from measured load"),
          may("set", new Shape.Many(SETTING, 1, MOST_SETTINGS), "where switches stand"));

  private SwitchKinds() {}
}
