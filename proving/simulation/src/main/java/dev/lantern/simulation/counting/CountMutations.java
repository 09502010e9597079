package dev.lantern.simulation.counting;

import static dev.lantern.simulation.counting.CountMutation.ofClients;
import static dev.lantern.simulation.counting.CountMutation.ofInstances;
import static dev.lantern.simulation.counting.CountMutation.ofRedis;

import java.time.Duration;
import java.util.List;

/// Rules C1 to C3, taken away: totals in slots on two Redis, lives apart, readers that never go
/// back.
public final class CountMutations {
  private static final Duration SOON = Duration.ofSeconds(2);

  private CountMutations() {}

  public static List<CountMutation> all() {
    return List.of(
        ofRedis("C1", "a slot is set to what comes, higher or not", CounterRedis::compareNothing),
        ofClients(
            "C1",
            "differences are told, not totals",
            parts -> parts.calls = CarelessCounting.tellingDifferences(parts.calls)),
        ofInstances(
            "C1",
            "one Redis is told, and said to be two",
            parts -> parts.b = CarelessCounting.unwritten(parts.b)),
        ofClients(
            "C2",
            "a new life counts from nothing under the old epoch",
            parts -> parts.calls = CarelessCounting.underOneEpoch(parts.calls)),
        ofClients("C2", "a new life goes on in the old file", CarelessCounting::goingOn),
        ofClients(
            "C2",
            "a new life goes on from the old total under its own epoch",
            parts -> parts.journal = CarelessCounting::carriedOver),
        ofClients(
            "C2",
            "what the journal holds is not told",
            parts -> parts.journal = CarelessCounting::unread),
        ofClients(
            "C2",
            "the journal is forgotten before it is told",
            parts -> parts.journal = CarelessCounting::forgottenEarly),
        ofClients(
            "C2",
            "the journal is forgotten when one Redis has it",
            parts -> parts.calls = CarelessCounting.contentWithOne(parts.calls)),
        ofRedis(
            "C2",
            "slots go when nobody has raised them for a while",
            redis -> redis.forgetSlotsAfter(SOON)),
        ofInstances(
            "C2",
            "repair makes B what A is, higher or not",
            parts -> parts.repair = CarelessCounting::copying),
        ofInstances("C2", "nothing is repaired", parts -> parts.repair = CarelessCounting::probing),
        ofInstances(
            "C3",
            "what was read is forgotten with a switch",
            parts -> parts.afterSwitch = CountInstance::forgetReadings),
        ofInstances("C3", "at_least is not looked at", parts -> parts.atLeast = _ -> 0),
        ofInstances(
            "C3",
            "what is shown is moved on from what was read last alone",
            parts -> parts.shown = CarelessCounting::shownAsRead));
  }
}
