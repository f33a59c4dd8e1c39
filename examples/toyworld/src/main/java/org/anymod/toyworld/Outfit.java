package org.anymod.toyworld;

import org.anymod.toyworld.body.Garment;
import org.anymod.toyworld.geometry.Vec3;

/**
 * The colours of a person as linear reflectances.
 *
 * @param skin head and arms
 * @param shirt trunk
 * @param trousers legs
 * @param shoes feet
 */
public record Outfit(Vec3 skin, Vec3 shirt, Vec3 trousers, Vec3 shoes) {

  Vec3 of(Garment garment) {
    return switch (garment) {
      case SKIN -> skin;
      case SHIRT -> shirt;
      case TROUSERS -> trousers;
      case SHOES -> shoes;
    };
  }
}
