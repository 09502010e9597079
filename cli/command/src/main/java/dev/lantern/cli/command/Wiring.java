package dev.lantern.cli.command;

import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Makes the subcommands; those that take a [Place] get it.
record Wiring(Place place) implements IFactory {
  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      return type.getDeclaredConstructor(Place.class).newInstance(place);
    } catch (NoSuchMethodException e) {
      return CommandLine.defaultFactory().create(type);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot make " + type.getSimpleName(), e);
    }
  }
}
