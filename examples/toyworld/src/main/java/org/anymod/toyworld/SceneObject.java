package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Solid;

/**
 * A thing on the ground.
 *
 * @param kind its class
 * @param solid its form and place
 * @param color the name of its colour
 * @param size the name of its size
 * @param surface how it looks
 */
public record SceneObject(
    ToyClass kind, Solid solid, NamedColor color, SizeName size, Surface surface) {}
