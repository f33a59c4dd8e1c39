package org.anymod.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.anymod.spi.Declaration;
import org.anymod.spi.Declaration.Role;
import org.anymod.spi.Kind;

/** The modality sets of the published models. */
final class PublishedModalities {
  private static final int TEXT = 30000;

  private PublishedModalities() {}

  private static final List<String> SEVEN =
      List.of(
          "rgb@224",
          "tok_rgb@224",
          "tok_depth@224",
          "tok_semseg@224",
          "tok_normal@224",
          "tok_clip@224",
          "caption",
          "det");

  static List<ModelModality> seven() {
    return SEVEN.stream().map(key -> modality(key, true)).toList();
  }

  static List<ModelModality> twentyOne() {
    Stream<String> more =
        Stream.of(
            "t5_caption",
            "metadata",
            "human_poses",
            "tok_dinov2@224",
            "tok_dinov2_global",
            "tok_imagebind@224",
            "tok_imagebind_global",
            "tok_sam_edge@224",
            "tok_canny_edge@224",
            "color_palette",
            "sam_instance");
    return Stream.concat(SEVEN.stream(), more).map(key -> modality(key, true)).toList();
  }

  static List<ModelModality> superResolution() {
    Stream<String> large =
        Stream.of(
            "tok_rgb@448", "tok_depth@448", "tok_semseg@448", "tok_normal@448", "tok_clip@448");
    return Stream.of(
            SEVEN.stream().map(key -> modality(key, false)),
            Stream.of(modality("rgb@448", false)),
            large.map(key -> modality(key, true)))
        .flatMap(s -> s)
        .toList();
  }

  private static ModelModality modality(String key, boolean output) {
    Kind kind = kind(key);
    boolean inputOnly = kind instanceof Kind.PixelPatches || kind instanceof Kind.EmbeddingSequence;
    Set<Role> roles = output && !inputOnly ? Set.of(Role.INPUT, Role.OUTPUT) : Set.of(Role.INPUT);
    int vocabulary = kind instanceof Kind.TokenGrid grid ? grid.vocabulary() : inputOnly ? 0 : TEXT;
    return new ModelModality(new Declaration(key, kind, roles), vocabulary);
  }

  private static Kind kind(String key) {
    String name = key.split("@")[0];
    int side = key.endsWith("@448") ? 28 : 14;
    return switch (name) {
      case "rgb" -> new Kind.PixelPatches(3, side * 16, side * 16, 16);
      case "tok_rgb" -> grid(side, 16384);
      case "tok_semseg" -> grid(side, 4096);
      case "tok_dinov2", "tok_imagebind" -> grid(16, 8192);
      case "tok_dinov2_global", "tok_imagebind_global" ->
          new Kind.TokenGrid(4, 4, 8192, Kind.Positions.LEARNED);
      case "t5_caption" -> new Kind.EmbeddingSequence(4096, 77);
      case "caption", "det" -> new Kind.TextSequence(256, 256);
      case "metadata" -> new Kind.TextSequence(40, 40);
      case "human_poses" -> new Kind.TextSequence(275, 263);
      case "color_palette" -> new Kind.TextSequence(23, 23);
      case "sam_instance" -> new Kind.TextSequence(290, 290);
      default -> {
        if (!Arrays.asList("tok_depth", "tok_normal", "tok_clip", "tok_canny_edge", "tok_sam_edge")
            .contains(name)) {
          throw new IllegalArgumentException(key);
        }
        yield grid(side, 8192);
      }
    };
  }

  private static Kind grid(int side, int vocabulary) {
    return new Kind.TokenGrid(side, side, vocabulary, Kind.Positions.SINE_COSINE);
  }
}
