package org.anymod.host.plugins;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Modalities and losses whose answers cannot all be true. */
class ContradictionTest extends BadPlugin {

  @Test
  void reportsDuplicateModality() throws IOException {
    expect(
        PluginJar.good("bad", "good_words"),
        PluginError.DUPLICATE_MODALITY,
        "'good_words'",
        "plugin good");
  }

  @Test
  void reportsDuplicateModalityWithinOnePlugin() throws IOException {
    PluginJar bad = PluginJar.good("bad", "same").modality("N", "same", "");
    expect(bad, PluginError.DUPLICATE_MODALITY, "'same'", "plugin bad");
  }

  @Test
  void reportsDuplicateLoss() throws IOException {
    expect(
        loss("bad", "twice").service("org.anymod.spi.Loss", "demo.L2"),
        PluginError.DUPLICATE_LOSS,
        "'twice'");
  }

  @Test
  void reportsMalformedLossName() throws IOException {
    expect(loss("bad", "Not a name"), PluginError.CONTRADICTION, "'Not a name'");
  }

  private static PluginJar loss(String id, String name) {
    PluginJar jar = PluginJar.of(id).service("org.anymod.spi.Loss", "demo.L1");
    for (String type : new String[] {"L1", "L2"}) {
      jar.source(
          "demo." + type,
          "package demo; import ai.djl.ndarray.NDArray; public class "
              + type
              + " implements org.anymod.spi.Loss {"
              + " public String name() { return \""
              + name
              + "\"; }"
              + " public NDArray evaluate(NDArray p, NDArray t) { return p.sub(t).abs().mean(); } }");
    }
    return jar;
  }

  @Test
  void reportsMalformedModalityName() throws IOException {
    expect(
        PluginJar.good("bad", "Words@224"),
        PluginError.CONTRADICTION,
        "name()",
        "'Words@224'",
        "lower-case");
  }

  @Test
  void reportsKeyOtherThanRequested() throws IOException {
    contradiction(
        "public Declaration declare(DeclarationRequest r) {"
            + " return Declaration.inputAndOutput(\"mine\", new Kind.TextSequence(1, 1)); }",
        "'mine'",
        "requested");
  }

  @Test
  void reportsRepresentationThatDoesNotFitTheKind() throws IOException {
    contradiction(
        "public Declaration declare(DeclarationRequest r) { return Declaration.inputAndOutput(r.key(), r.tokenGrid(8)); }",
        "TokenGrid",
        "TokenizerFactory",
        "TextForm");
  }

  @Test
  void reportsValuesThatDoNotFitTheKind() throws IOException {
    contradiction(
        "public ValueSpec value() { return new ValueSpec.RasterSpec(3, 0, 1); }",
        "TextSequence",
        "RasterSpec");
  }

  @Test
  void reportsPixelChannelsThatDisagree() throws IOException {
    contradiction(
        "public ValueSpec value() { return new ValueSpec.RasterSpec(1, 0, 1); }"
            + "public Representation representation() { return PixelScaling.IMAGENET; }"
            + "public Declaration declare(DeclarationRequest r) {"
            + " return Declaration.inputOnly(r.key(), new Kind.PixelPatches(3, r.resolution(), r.resolution(), r.patch())); }",
        "3 channels",
        "has 1");
  }

  @Test
  void reportsVectorWidthsThatDisagree() throws IOException {
    contradiction(
        "public ValueSpec value() { return new ValueSpec.VectorsSpec(8, 4, -1, 1); }"
            + "public Representation representation() { return (VectorForm) value -> (Value.Vectors) value; }"
            + "public Declaration declare(DeclarationRequest r) {"
            + " return Declaration.inputOnly(r.key(), new Kind.EmbeddingSequence(16, 4)); }",
        "width 16",
        "width 8");
  }

  @Test
  void reportsOutputRoleOfInputOnlyKind() throws IOException {
    contradiction(
        "public Declaration declare(DeclarationRequest r) {"
            + " return Declaration.inputAndOutput(r.key(), new Kind.PixelPatches(3, 224, 224, 16)); }",
        "PixelPatches can only be an input");
  }

  @Test
  void reportsDeclareThatThrows() throws IOException {
    contradiction(
        "public Declaration declare(DeclarationRequest r) { throw new IllegalArgumentException(\"not today\"); }",
        "declare(words, resolution 224, patch 16)",
        "not today");
  }

  @Test
  void reportsMissingParts() throws IOException {
    contradiction("public Codec codec() { return null; }", "codec() gives null");
  }

  @Test
  void reportsExtensionWithDot() throws IOException {
    contradiction(
        "public Codec codec() { Codec plain = super.codec(); return new Codec() {"
            + " public List<String> extensions() { return List.of(\".TXT\"); }"
            + " public Value decode(byte[] b) throws InvalidDataException { return plain.decode(b); }"
            + " public byte[] encode(Value v) { return plain.encode(v); } }; }",
        "'.TXT'");
  }

  private void contradiction(String body, String... parts) throws IOException {
    expect(PluginJar.of("bad").modality("M", "words", body), PluginError.CONTRADICTION, parts);
  }
}
