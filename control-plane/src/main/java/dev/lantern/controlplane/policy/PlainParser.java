package dev.lantern.controlplane.policy;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// YAML without aliases: each text stands where it is read, so that a document makes no more than
/// it has bytes. The library bounds aliases of lists and mappings only; one of a long word, used
/// ten thousand times, would be ten thousand long words.
final class PlainParser extends ParserImpl {
  private PlainParser(String yaml, LoaderOptions options) {
    super(new StreamReader(new StringReader(yaml)), options);
  }

  /// Composes the rules of a document, one after the other.
  static Composer rules(String yaml, LoaderOptions options) {
    return new Composer(new PlainParser(yaml, options), new Resolver(), options);
  }

  @Override
  public Event getEvent() {
    Event event = super.getEvent();
    if (event instanceof AliasEvent alias) {
      throw new ParserException(
          null, null, "aliases are not read; write the value out", alias.getStartMark());
    }
    return event;
  }
}
