/**
 * The list of all modalities that the toy world can write. Uses labels and features, which do not
 * know it.
 */
package org.anymod.toyworld.sources;
