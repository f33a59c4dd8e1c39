/**
 * The family of maps of directions, such as those in which surfaces face: arithmetic, files,
 * angles. Depends on the SPI and on {@code org.anymod.media}.
 */
package org.anymod.media.directions;
