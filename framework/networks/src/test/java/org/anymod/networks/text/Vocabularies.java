package org.anymod.networks.text;

import java.util.ArrayList;
import java.util.List;

/** Small vocabularies written by hand. */
final class Vocabularies {
  private Vocabularies() {}

  /**
   * Control tokens 0-3, {@code [S_0]} to {@code [S_2]} 4-6, {@code v0=1}, {@code v0=12} 7-8, the
   * class words {@code dog}, {@code hot dog} 9-10, then the pieces.
   */
  static TextTokenizer with(String... pieces) {
    return new TextTokenizer(tokens(pieces), added(), 100);
  }

  static List<String> tokens(String... pieces) {
    List<String> tokens = new ArrayList<>(TextTokenizer.CONTROL);
    tokens.addAll(List.of("[S_0]", "[S_1]", "[S_2]", "v0=1", "v0=12", "dog", "hot dog"));
    tokens.addAll(List.of(pieces));
    return tokens;
  }

  static List<AddedToken> added() {
    List<String> tokens = tokens();
    List<AddedToken> added = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      added.add(new AddedToken(id, tokens.get(id), id >= 4, id >= 9));
    }
    return added;
  }
}
