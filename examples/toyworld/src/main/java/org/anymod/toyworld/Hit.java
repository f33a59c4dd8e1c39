package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Vec3;

/**
 * Where a ray ended.
 *
 * @param object number of the object, or {@link HitBuffer#NO_OBJECT}
 * @param kind class of what was hit
 * @param distance metres along the ray; infinite for the sky
 * @param position the point; the direction of the ray for the sky
 * @param normal outward normal; zero for the sky
 */
record Hit(int object, ToyClass kind, double distance, Vec3 position, Vec3 normal) {}
