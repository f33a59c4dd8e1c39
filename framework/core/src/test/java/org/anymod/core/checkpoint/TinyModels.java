package org.anymod.core.checkpoint;

import ai.djl.Device;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Declaration.Role;
import org.anymod.spi.Kind;
import org.anymod.torch.Precision;
import org.anymod.torch.SafeTensorsWriter;

/** Models of a few thousand numbers, and files of recorded ones. */
final class TinyModels {
  static final ModelModality PIXELS =
      new ModelModality(Declaration.inputOnly("light@8", new Kind.PixelPatches(1, 8, 8, 4)), 0);
  static final ModelModality GRID = grid("tok_light@8", 16);
  static final ModelModality OTHER_GRID = grid("tok_sound@8", 12);
  static final ModelModality TEXT = text(40, Set.of(Role.INPUT, Role.OUTPUT));
  static final List<ModelModality> OLD = List.of(PIXELS, TEXT, GRID);

  private TinyModels() {}

  static ModelModality grid(String key, int vocabulary) {
    Kind kind = new Kind.TokenGrid(2, 2, vocabulary, Kind.Positions.SINE_COSINE);
    return new ModelModality(Declaration.inputAndOutput(key, kind), vocabulary);
  }

  static ModelModality text(int vocabulary, Set<Role> roles) {
    return new ModelModality(
        new Declaration("phrase", new Kind.TextSequence(12, 12), roles), vocabulary);
  }

  static AnyToAnyModel model(List<ModelModality> modalities, long seed) {
    return model(modalities, seed, 1, true);
  }

  static AnyToAnyModel model(
      List<ModelModality> modalities, long seed, int encoderLayers, boolean tied) {
    ModelRecipe recipe =
        new ModelRecipe(8, encoderLayers, 1, 2, 4, true, false, false, tied, "published");
    return new AnyToAnyModel(recipe, modalities, seed, Device.cpu(), Precision.FLOAT32);
  }

  /** Writes a model's checkpoint. */
  static Path write(AnyToAnyModel model, Path file) throws IOException {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    model.checkpoint().forEach(writer::add);
    writer.write(file, java.util.Map.of());
    return file;
  }

  /** A file that the published system wrote. */
  static Path published(String name) {
    try {
      return Path.of(TinyModels.class.getResource("/fm/" + name + ".safetensors").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
