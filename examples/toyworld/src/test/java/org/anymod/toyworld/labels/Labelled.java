package org.anymod.toyworld.labels;

import java.util.List;
import java.util.stream.IntStream;
import org.anymod.media.Json;
import org.anymod.media.JsonPlace;
import org.anymod.spi.InvalidDataException;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.ToyWorld;
import org.anymod.toyworld.sources.SceneSources;

/** Scenes with people, and what their files say. */
final class Labelled {
  static final List<RenderedScene> SCENES =
      IntStream.range(0, 24).mapToObj(ToyWorld.withPeople(23, 64)::render).toList();

  private Labelled() {}

  static JsonPlace json(String source, RenderedScene scene) throws InvalidDataException {
    return JsonPlace.top(Json.parse(bytes(source, scene)));
  }

  static byte[] bytes(String source, RenderedScene scene) {
    return SceneSources.find(source).orElseThrow().encoding().apply(scene);
  }
}
