package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Vec3;

/**
 * The sky: one colour at the horizon, which is also the colour of the fog, and another overhead.
 *
 * @param word English words for it, such as {@code bright blue}
 * @param horizon linear colour at the horizon
 * @param zenith linear colour overhead
 */
public record Sky(String word, Vec3 horizon, Vec3 zenith) {

  /** Returns the light that comes from a direction above the horizon. */
  Vec3 light(Vec3 direction) {
    return horizon.mix(zenith, Math.sqrt(Math.max(0, direction.y())));
  }
}
