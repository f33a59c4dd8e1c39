package org.anymod.core.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.sampling.Known;
import org.anymod.core.tokenize.PartCodes;
import org.anymod.core.tokenize.StoredPixels;
import org.anymod.core.training.TextCodes;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Kind;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;

/**
 * Values at the size of the model input as what the model knows of a modality, and back. For use by
 * one thread at a time.
 */
public final class ModelValues {
  private final Map<String, Tokenizer> tokenizers;
  private final TextCodes text;
  private final boolean cutsLong;

  /**
   * Creates a converter.
   *
   * @param tokenizers tokenizers by model key
   * @param vocabulary the vocabulary of text-like modalities
   * @param cutsLong whether sequences that are too long for the model lose their end; else they are
   *     refused
   */
  ModelValues(Map<String, Tokenizer> tokenizers, TextTokenizer vocabulary, boolean cutsLong) {
    this.tokenizers = tokenizers;
    this.text = new TextCodes(vocabulary);
    this.cutsLong = cutsLong;
  }

  /**
   * Converts whole values. In texts, sentinels mark what is missing.
   *
   * @param modality their modality
   * @param values the values
   * @param chance for each value, chooses among several text forms where there are
   * @return what is known, one for each value
   * @throws IllegalArgumentException if a value cannot be tokenized, or is too long
   */
  public List<Known> whole(
      UsedModality modality, List<Value> values, List<? extends RandomGenerator> chance) {
    Kind kind = modality.declaration().kind();
    if (kind instanceof Kind.TextSequence) {
      List<Known> known = new ArrayList<>();
      texts(modality, values, chance).forEach(ids -> known.add(ended(modality, ids)));
      return known;
    }
    if (modality.isTokens()) {
      List<Known> known = new ArrayList<>();
      for (int[] tokens : tokenizers.get(modality.key()).encode(values)) {
        known.add(
            kind instanceof Kind.TokenGrid
                ? new Known.Grid(tokens, all(tokens.length))
                : ended(modality, shifted(tokens)));
      }
      return known;
    }
    return values.stream().map(value -> plain(modality, value)).toList();
  }

  /**
   * Converts a value of which parts are known.
   *
   * @param modality modality of pixels, token grids or vectors
   * @param value the value
   * @param visible which patches, tokens or vectors are known
   * @return what is known
   * @throws IllegalArgumentException if the value has another number of places
   */
  public Known part(UsedModality modality, Value value, boolean[] visible) {
    Known known = whole(modality, List.of(value), List.of()).get(0);
    if (known instanceof Known.Grid grid) {
      checkPlaces(modality, visible, grid.visible().length);
      return new Known.Grid(grid.tokens(), visible.clone());
    } else if (known instanceof Known.Pixels pixels) {
      checkPlaces(modality, visible, pixels.visible().length);
      return new Known.Pixels(pixels.pixels(), visible.clone());
    } else if (known instanceof Known.Vectors vectors) {
      checkPlaces(modality, visible, vectors.visible().length);
      return new Known.Vectors(vectors.vectors(), visible.clone());
    }
    throw new IllegalArgumentException(
        modality.key() + ": is a sequence; give its beginning, or words with [S_1] in the gaps");
  }

  private static void checkPlaces(UsedModality modality, boolean[] visible, int places) {
    if (visible.length != places) {
      throw new IllegalArgumentException(
          modality.key() + ": has " + places + " places, but " + visible.length + " are marked");
    }
  }

  /**
   * Converts the beginning of a text or list; what follows is missing.
   *
   * @param modality a modality of the text kind
   * @param value what it begins with
   * @param chance chooses among several text forms where there are
   * @return what is known
   * @throws IllegalArgumentException if the modality is no text, or the value too long
   */
  public Known beginning(UsedModality modality, Value value, RandomGenerator chance) {
    checkText(modality);
    int[] ids = texts(modality, List.of(value), List.of(chance)).get(0);
    int[] open = Arrays.copyOf(ids, ids.length + 1);
    open[ids.length] = text.tokenizer().sentinel(1);
    return ended(modality, open);
  }

  /**
   * Converts words of the vocabulary.
   *
   * @param modality a modality of the text kind
   * @param words the words, with sentinels where something is missing
   * @return what is known
   * @throws IllegalArgumentException if the modality is no text, or the words are too many
   */
  public Known words(UsedModality modality, String words) {
    checkText(modality);
    return ended(modality, text.tokenizer().encode(words));
  }

  private static void checkText(UsedModality modality) {
    if (!(modality.declaration().kind() instanceof Kind.TextSequence)) {
      throw new IllegalArgumentException(
          modality.key() + ": is no text, so that words cannot be given");
    }
  }

  /** Pixels or vectors, which have no tokens. */
  private static Known plain(UsedModality modality, Value value) {
    Kind kind = modality.declaration().kind();
    if (kind instanceof Kind.PixelPatches) {
      return new Known.Pixels(
          StoredPixels.scaled(modality, (Value.Raster) value), kind.maxTokens());
    }
    Value.Vectors vectors = ((VectorForm) modality.modality().representation()).vectors(value);
    return new Known.Vectors(vectors.data(), vectors.count());
  }

  private List<int[]> texts(
      UsedModality modality, List<Value> values, List<? extends RandomGenerator> chance) {
    values.forEach(value -> PartCodes.checkComplete(modality, value));
    Optional<PartCodes> codes = PartCodes.of(modality, tokenizers.get(modality.key()));
    List<Value> complete = codes.isPresent() ? codes.get().filled(values) : values;
    List<int[]> ids = new ArrayList<>();
    for (int i = 0; i < complete.size(); i++) {
      List<int[]> chunks = text.write(modality, complete.get(i), chance.get(i));
      ids.add(chunks.stream().flatMapToInt(Arrays::stream).toArray());
    }
    return ids;
  }

  private static boolean[] all(int count) {
    boolean[] visible = new boolean[count];
    Arrays.fill(visible, true);
    return visible;
  }

  private int[] shifted(int[] tokens) {
    int shift = text.tokenizer().controlTokens();
    return Arrays.stream(tokens).map(t -> t + shift).toArray();
  }

  /** A sequence with its end token, unless its end is what is missing. */
  private Known ended(UsedModality modality, int[] ids) {
    TextTokenizer vocabulary = text.tokenizer();
    int[] whole = numbered(modality, ids);
    int last = whole.length == 0 ? -1 : whole[whole.length - 1];
    if (last != vocabulary.eos() && !vocabulary.isSentinel(last)) {
      whole = Arrays.copyOf(whole, whole.length + 1);
      whole[whole.length - 1] = vocabulary.eos();
    }
    int most = modality.declaration().kind().maxTokens();
    if (whole.length > most && !cutsLong) {
      throw new IllegalArgumentException(
          "%s: has %d tokens with its end, at most %d are allowed"
              .formatted(modality.key(), whole.length, most));
    }
    return new Known.Sequence(Arrays.copyOf(whole, Math.min(whole.length, most)));
  }

  /** Sentinels are numbered in order, as the model learned them. */
  private int[] numbered(UsedModality modality, int[] ids) {
    TextTokenizer vocabulary = text.tokenizer();
    int[] numbered = ids.clone();
    int gaps = 0;
    for (int i = 0; i < numbered.length; i++) {
      if (vocabulary.isSentinel(numbered[i])) {
        if (++gaps >= vocabulary.sentinels()) {
          throw new IllegalArgumentException(
              "%s: has more gaps than the %d sentinels of the vocabulary"
                  .formatted(modality.key(), vocabulary.sentinels() - 1));
        }
        numbered[i] = vocabulary.sentinel(gaps);
      }
    }
    return numbered;
  }

  /**
   * Makes values of what a model has sampled.
   *
   * @param modality the modality
   * @param known what was sampled, complete
   * @return a value for each
   */
  public List<Value> read(UsedModality modality, List<Known> known) {
    return modality.isTokens()
        ? tokenizers.get(modality.key()).decode(tokens(known))
        : readTexts(modality, known);
  }

  /**
   * Makes values of what a model has sampled, where decoding draws noise from given seeds.
   *
   * @param modality the modality
   * @param known what was sampled, complete
   * @param seeds a seed for each
   * @return a value for each
   */
  public List<Value> read(UsedModality modality, List<Known> known, long[] seeds) {
    return modality.isTokens()
        ? tokenizers.get(modality.key()).decode(tokens(known), seeds)
        : readTexts(modality, known);
  }

  private int[][] tokens(List<Known> known) {
    return known.stream().map(this::tokens).toArray(int[][]::new);
  }

  private List<Value> readTexts(UsedModality modality, List<Known> known) {
    List<Value> values =
        known.stream()
            .map(k -> text.read(modality, withOneEnd(((Known.Sequence) k).ids())))
            .toList();
    return PartCodes.of(modality, tokenizers.get(modality.key()))
        .map(codes -> codes.decoded(values))
        .orElse(values);
  }

  /** An end that was drawn into a gap must not cut off what was given behind the gap. */
  private int[] withOneEnd(int[] ids) {
    int end = text.tokenizer().eos();
    boolean ended = ids.length > 0 && ids[ids.length - 1] == end;
    return ended
        ? IntStream.range(0, ids.length)
            .filter(i -> ids[i] != end || i == ids.length - 1)
            .map(i -> ids[i])
            .toArray()
        : ids;
  }

  private int[] tokens(Known known) {
    if (known instanceof Known.Grid grid) {
      return grid.tokens();
    }
    int shift = text.tokenizer().controlTokens();
    return Arrays.stream(((Known.Sequence) known).ids())
        .filter(id -> id >= shift)
        .map(id -> id - shift)
        .toArray();
  }

  /**
   * Encodes and decodes values with their tokenizer alone.
   *
   * @param modality a modality with a tokenizer
   * @param values values at the size of the model input
   * @return reconstructed values
   */
  public List<Value> reconstruct(UsedModality modality, List<Value> values) {
    Tokenizer tokenizer = tokenizers.get(modality.key());
    Optional<PartCodes> codes = PartCodes.of(modality, tokenizer);
    if (codes.isPresent()) {
      return codes.get().decoded(codes.get().filled(values));
    }
    return tokenizer.decode(tokenizer.encode(values));
  }
}
