package org.anymod.toyworld.geometry;

/**
 * A place on the unrolled surface of a solid, for patterns.
 *
 * @param u metres around
 * @param v metres up
 */
public record SurfacePoint(double u, double v) {}
