package org.anymod.media.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

/** What plugins with embeddings of whole pictures have in common; each says its own numbers. */
public abstract class FeatureVectorsPluginTest extends FeaturesPluginTest {
  /** Makes the plugin's modality with embeddings of a width, computed by a network if given. */
  protected abstract Modality modality(int width, int codes, Optional<Path> network);

  /** Returns the numbers of the published model. */
  protected abstract Published published();

  /**
   * Numbers of the published model.
   *
   * @param source folder of the files
   * @param id id of the key
   * @param width numbers in an embedding
   */
  public record Published(String source, int id, int width) {}

  @Override
  protected final Modality modality(int width, Optional<Path> network) {
    return modality(width, 16, network);
  }

  @Override
  final String source() {
    return published().source();
  }

  @Override
  final List<String> defaults() {
    return List.of("width=" + published().width(), "codes=16", "network=");
  }

  @Override
  final Value.Vectors random(long seed) {
    return new Value.Vectors(1, WIDTH, numbers(WIDTH, seed));
  }

  private Kind kind(Modality modality, OptionalInt vocabulary) {
    DeclarationRequest request =
        new DeclarationRequest("tok_" + published().source(), 64, 8, vocabulary);
    return modality.declare(request).kind();
  }

  @Test
  void declaresTheCodesOfThePublishedModelAtAnyResolution() {
    Declaration declaration =
        modality()
            .declare(
                new DeclarationRequest("tok_" + published().source(), 100, 7, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(4, 4, 8192, Kind.Positions.LEARNED));
    assertThat(declaration.id()).isEqualTo(published().id());
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(((TokenizerFactory) modality().representation()).family()).isEqualTo("mlp-vqvae");
  }

  @Test
  void takesOtherNumbersOfCodes() {
    assertThat(kind(modality(WIDTH, 4, Optional.empty()), OptionalInt.of(64)))
        .isEqualTo(new Kind.TokenGrid(2, 2, 64, Kind.Positions.LEARNED));
    assertThat(kind(modality(WIDTH, 8, Optional.empty()), OptionalInt.empty()))
        .isEqualTo(new Kind.TokenGrid(8, 1, 8192, Kind.Positions.LEARNED));
  }

  @Test
  void vectorsSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.Vectors vector = random(seed);
      Value back = modality().codec().decode(modality().codec().encode(vector));
      assertThat(((Value.Vectors) back).data()).as("seed %d", seed).containsExactly(vector.data());
      assertThat(modality().value().violation(back)).isEmpty();
    }
    assertThat(modality().codec().extensions()).containsExactly("npy");
  }

  @Test
  void cropsLeaveTheVectorAsItIs() {
    Value.Vectors vector = random(1);
    assertThat(modality().crop(vector, new Crop(3, 3, 5, 5, true, 20, 20), 64)).isSameAs(vector);
  }

  @Test
  void showsVectors() {
    Rendering.Picture picture = (Rendering.Picture) modality().renderer().render(random(1));
    assertThat(picture.image().getWidth()).isEqualTo(3 * WIDTH);
  }

  @Test
  void refusesImpossibleNumbersOfCodes() {
    assertThatThrownBy(() -> modality(WIDTH, 0, Optional.empty()))
        .hasMessage("codes is 0, must be 1 to 1024");
  }
}
