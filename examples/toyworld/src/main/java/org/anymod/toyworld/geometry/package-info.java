/**
 * Vectors, rays, the camera and the solids of the toy world, with exact intersections. Metres; x
 * and z span the ground, y points up. Depends on the JDK alone.
 */
package org.anymod.toyworld.geometry;
