package org.anymod.host.recipe;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turns YAML text into a {@link Tree}. Works on the parser's events, so that size, depth, aliases
 * and tags are checked before anything is built, and nothing but lists, mappings and scalars can
 * come out.
 */
final class TreeReader {
  private static final String CORE = "tag:yaml.org,2002:";
  private static final Set<String> TAGS = Set.of("!", CORE + "str", CORE + "map", CORE + "seq");

  private final Function<Mark, Place> places;
  private final Problems problems;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private Iterator<Event> events;
  private int aliases;
  private long values;

  private TreeReader(Function<Mark, Place> places, Problems problems) {
    this.places = places;
    this.problems = problems;
  }

  /** What an anchor stands for, and how many values that is. */
  private record Anchored(Tree tree, long values) {}

  /** Ends the reading where going on makes no sense. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Mark mark;
    private final transient String allowed;

    Stop(Mark mark, String found, String allowed) {
      super(found);
      this.mark = mark;
      this.allowed = allowed;
    }
  }

  /**
   * Reads a text.
   *
   * @param text one YAML document
   * @param places tells the place of a mark; null stands for the beginning
   * @param problems receives what is wrong
   * @return the document; empty if it could not be read to its end
   */
  static Optional<Tree> read(String text, Function<Mark, Place> places, Problems problems) {
    return new TreeReader(places, problems).document(text);
  }

  private Optional<Tree> document(String text) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(Limits.BYTES);
      events = new Yaml(options).parse(new StringReader(text)).iterator();
      next();
      Event start = next();
      if (!(start instanceof DocumentStartEvent)) {
        return Optional.of(new Tree.Scalar(places.apply(null), "", Tree.Form.NULL));
      }
      Tree tree = value(next(), "", 0);
      next();
      Event end = next();
      if (end instanceof DocumentStartEvent) {
        throw new Stop(end.getStartMark(), "a second document", "one document");
      }
      return Optional.of(tree);
    } catch (Stop stop) {
      problems.add(places.apply(stop.mark), "", "found " + stop.getMessage(), stop.allowed);
    } catch (MarkedYAMLException e) {
      problems.add(places.apply(e.getProblemMark()), "", "is not YAML: " + reason(e), "");
    } catch (ReaderException e) {
      Mark mark = markOf(text, e.getPosition());
      problems.add(
          places.apply(mark),
          "",
          String.format("found the character U+%04X", e.getCodePoint()),
          "printable text");
    } catch (YAMLException e) {
      problems.add(places.apply(null), "", "is not YAML: " + e.getMessage(), "");
    }
    return Optional.empty();
  }

  private static String reason(MarkedYAMLException e) {
    return e.getContext() == null ? e.getProblem() : e.getContext() + ": " + e.getProblem();
  }

  private static Mark markOf(String text, int position) {
    int end = Math.min(position, text.length());
    int line = (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    int column = end - (text.lastIndexOf('\n', end - 1) + 1);
    return new Mark("", position, line, column, new int[0], 0);
  }

  private Event next() {
    return events.next();
  }

  private Tree value(Event event, String path, int depth) {
    if (++values > Limits.VALUES) {
      throw new Stop(event.getStartMark(), "too many values", "at most " + Limits.VALUES);
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    if (depth > Limits.DEPTH) {
      throw new Stop(
          event.getStartMark(), "too deep nesting", "at most " + Limits.DEPTH + " levels");
    }
    String anchor = ((NodeEvent) event).getAnchor();
    long before = values - 1;
    if (anchor != null) {
      open.add(anchor);
    }
    Tree tree = node(event, path, depth);
    if (anchor != null) {
      open.remove(anchor);
      anchors.put(anchor, new Anchored(tree, values - before));
    }
    return tree;
  }

  private Tree alias(AliasEvent alias) {
    String name = alias.getAnchor();
    if (open.contains(name)) {
      throw new Stop(
          alias.getStartMark(), "alias *" + name + " inside of what it stands for", "no recursion");
    }
    Anchored anchored = anchors.get(name);
    if (anchored == null) {
      throw new Stop(
          alias.getStartMark(), "unknown alias *" + name, "aliases of anchors that stand before");
    }
    if (++aliases > Limits.ALIASES) {
      throw new Stop(alias.getStartMark(), "too many aliases", "at most " + Limits.ALIASES);
    }
    values += anchored.values();
    return anchored.tree();
  }

  private Tree node(Event event, String path, int depth) {
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    if (event instanceof SequenceStartEvent sequence) {
      checkTag(sequence.getTag(), event);
      List<Tree> items = new ArrayList<>();
      for (Event item = next(); !item.is(Event.ID.SequenceEnd); item = next()) {
        items.add(value(item, Keys.join(path, items.size()), depth + 1));
      }
      return new Tree.Sequence(place(event), items);
    }
    MappingStartEvent mapping = (MappingStartEvent) event;
    checkTag(mapping.getTag(), event);
    return mapping(mapping, path, depth);
  }

  private Tree.Scalar scalar(ScalarEvent scalar) {
    checkTag(scalar.getTag(), scalar);
    boolean plain = scalar.isPlain() && scalar.getTag() == null;
    Tree.Form form = plain ? Forms.of(scalar.getValue()) : Tree.Form.TEXT;
    return new Tree.Scalar(place(scalar), scalar.getValue(), form);
  }

  private Tree.Mapping mapping(MappingStartEvent start, String path, int depth) {
    Map<String, Tree.Entry> entries = new LinkedHashMap<>();
    List<Tree> merged = new ArrayList<>();
    for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
      if (!(event instanceof ScalarEvent) && !(event instanceof AliasEvent)) {
        throw new Stop(event.getStartMark(), "a list or mapping as key", "text as key");
      }
      Tree key = value(event, path, depth + 1);
      if (!(key instanceof Tree.Scalar scalar) || scalar.form() == Tree.Form.NULL) {
        throw new Stop(event.getStartMark(), key.found() + " as key", "text as key");
      }
      String full = Keys.join(path, scalar.text());
      Tree value = value(next(), full, depth + 1);
      if (scalar.text().equals("<<") && event instanceof ScalarEvent plain && plain.isPlain()) {
        merged.add(value);
      } else if (entries.putIfAbsent(scalar.text(), new Tree.Entry(place(event), value)) != null) {
        int first = entries.get(scalar.text()).keyAt().line();
        problems.add(
            place(event), full, "key for the second time, first in line " + first, "each key once");
      }
    }
    merged.forEach(tree -> merge(entries, tree));
    return new Tree.Mapping(place(start), entries);
  }

  private void merge(Map<String, Tree.Entry> entries, Tree merged) {
    if (merged instanceof Tree.Mapping mapping) {
      mapping.entries().forEach(entries::putIfAbsent);
    } else if (merged instanceof Tree.Sequence sequence
        && sequence.items().stream().allMatch(Tree.Mapping.class::isInstance)) {
      sequence.items().forEach(item -> merge(entries, item));
    } else {
      problems.add(
          merged.at(), "<<", "found " + merged.found(), "a mapping or a list of mappings to merge");
    }
  }

  private void checkTag(String tag, Event event) {
    if (tag != null && !TAGS.contains(tag)) {
      throw new Stop(event.getStartMark(), "tag " + tag, "no tags");
    }
  }

  private Place place(Event event) {
    return places.apply(event.getStartMark());
  }
}
