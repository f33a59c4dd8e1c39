/**
 * Jointed human bodies: the tree of 24 joints, poses, and the limbs that make a body visible.
 * Metres in a right-handed frame in which x points to the body's left, y up and z to its front.
 * Depends on the geometry alone.
 */
package org.anymod.toyworld.body;
