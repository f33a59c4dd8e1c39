package org.anymod.toyworld;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where the files of scenes go. Called by one thread, scene after scene. */
public interface SceneSink extends Closeable {

  /**
   * Takes the files of a scene.
   *
   * @param name the name that the files share
   * @param files one file for each source that the sink was made for
   * @throws IOException if they cannot be written
   */
  void add(String name, List<SceneFile> files) throws IOException;

  /**
   * Completes the dataset.
   *
   * @throws IOException if it cannot be completed
   */
  void finish() throws IOException;

  /** Frees what is open; whether the dataset is complete depends on {@link #finish} alone. */
  @Override
  void close() throws IOException;
}
