package org.anymod.toyworld.sources;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.SceneEncoder;
import org.anymod.toyworld.SceneFile;
import org.anymod.toyworld.features.DenseFeatures;
import org.anymod.toyworld.features.GlobalFeatures;
import org.anymod.toyworld.features.WordVectors;
import org.anymod.toyworld.labels.Boxes;
import org.anymod.toyworld.labels.Instances;
import org.anymod.toyworld.labels.Metadata;
import org.anymod.toyworld.labels.NormalMap;
import org.anymod.toyworld.labels.Poses;
import org.anymod.toyworld.labels.WebText;

/**
 * All modalities of which the toy world knows the truth. Edges and colours of pictures are not
 * among them: plugins compute these.
 */
public final class SceneSources {
  private static final List<SceneSource> ALL =
      Stream.concat(
              Stream.of(
                  new SceneSource("caption", "txt", SceneEncoder::caption),
                  new SceneSource("depth", "png", SceneEncoder::depth),
                  new SceneSource("det", "json", Boxes::encode),
                  new SceneSource("geometric_metadata", "json", Metadata::encodeGeometric),
                  new SceneSource("human_poses", "json", Poses::encode),
                  new SceneSource("image_metadata", "json", Metadata::encodeImage),
                  new SceneSource("metadata", "json", Metadata::encodeAll),
                  new SceneSource("normal", "png", NormalMap::encode),
                  new SceneSource("rgb", "png", SceneEncoder::color),
                  new SceneSource("sam_edge", "png", Instances::encodeEdges),
                  new SceneSource("sam_instance", "json", Instances::encode),
                  new SceneSource("semantic_metadata", "json", Metadata::encodeSemantic),
                  new SceneSource("semseg", "png", SceneEncoder::classes),
                  new SceneSource("t5_caption", "npz", WordVectors::encode),
                  new SceneSource("web_text", "txt", WebText::encode)),
              Stream.concat(
                  Arrays.stream(DenseFeatures.values())
                      .map(f -> new SceneSource(f.source(), "npy", f::encode)),
                  Arrays.stream(GlobalFeatures.values())
                      .map(f -> new SceneSource(f.source(), "npy", f::encode))))
          .sorted(Comparator.comparing(SceneSource::name))
          .toList();

  private SceneSources() {}

  /**
   * Returns all sources.
   *
   * @return sources in alphabetical order
   */
  public static List<SceneSource> all() {
    return ALL;
  }

  /**
   * Finds a source.
   *
   * @param name its folder name
   * @return the source; empty if the toy world has none of that name
   */
  public static Optional<SceneSource> find(String name) {
    return ALL.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  /**
   * Makes the files of a scene.
   *
   * @param sources which ones
   * @param rendered the scene
   * @return one file a source, in that order
   */
  public static List<SceneFile> encode(List<SceneSource> sources, RenderedScene rendered) {
    String name = SceneEncoder.name(rendered.scene().index());
    return sources.stream().map(source -> source.file(rendered, name)).toList();
  }
}
