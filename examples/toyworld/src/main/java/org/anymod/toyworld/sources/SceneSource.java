package org.anymod.toyworld.sources;

import java.util.function.Function;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.SceneFile;

/**
 * One modality of scenes as files.
 *
 * @param name the modality's folder name
 * @param extension of the files, without a dot
 * @param encoding makes the whole file of a scene; safe for use by several threads
 */
public record SceneSource(String name, String extension, Function<RenderedScene, byte[]> encoding) {

  /**
   * Makes the file of a scene.
   *
   * @param rendered the scene
   * @param sceneName the name that the files of the scene share
   * @return the file
   */
  public SceneFile file(RenderedScene rendered, String sceneName) {
    return new SceneFile(name, sceneName + "." + extension, encoding.apply(rendered));
  }
}
