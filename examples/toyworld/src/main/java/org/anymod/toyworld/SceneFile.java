package org.anymod.toyworld;

/**
 * A file that describes a scene in one modality.
 *
 * @param source the modality's folder name
 * @param fileName name of the scene and extension
 * @param bytes the whole file; not to be changed
 */
public record SceneFile(String source, String fileName, byte[] bytes) {}
