package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Vec3;

/**
 * The light that falls on surfaces, and what the air takes away.
 *
 * @param toSun unit vector towards the sun
 * @param sun linear colour and strength of the light of the sun
 * @param ambient linear colour and strength of the light from everywhere
 * @param fog density of the fog: after {@code d} metres a share of {@code exp(-fog * d)} is left
 */
public record Lighting(Vec3 toSun, Vec3 sun, Vec3 ambient, double fog) {}
