package org.anymod.host.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML text as values that know where they stand. Immutable, so that aliases may share parts. */
sealed interface Tree {

  /** Returns where this part begins. */
  Place at();

  /** Returns what this part is, in words for an error message. */
  String found();

  /** What a scalar is according to the core schema of YAML 1.2. */
  enum Form {
    NULL("nothing"),
    BOOLEAN("boolean"),
    INTEGER("number"),
    NUMBER("number"),
    TEXT("text");

    private final String word;

    Form(String word) {
      this.word = word;
    }
  }

  /** A single value as it is written, without quotes. */
  record Scalar(Place at, String text, Form form) implements Tree {
    private static final int SHOWN = 60;

    @Override
    public String found() {
      return switch (form) {
        case NULL -> "nothing";
        case BOOLEAN, INTEGER, NUMBER -> form.word + " " + shown();
        case TEXT -> "text '" + shown() + "'";
      };
    }

    private String shown() {
      String line = text.replaceAll("\\p{Cntrl}+", " ");
      return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
  }

  /** A list. */
  record Sequence(Place at, List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String found() {
      return "a list";
    }
  }

  /** Keys with values, in the order of the file. */
  record Mapping(Place at, Map<String, Entry> entries) implements Tree {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String found() {
      return "a mapping";
    }

    Mapping with(String key, Entry entry) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.put(key, entry);
      return new Mapping(at, changed);
    }

    Mapping without(String key) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.remove(key);
      return new Mapping(at, changed);
    }
  }

  /** One value of a {@link Mapping} and where its key stands. */
  record Entry(Place keyAt, Tree value) {}
}
