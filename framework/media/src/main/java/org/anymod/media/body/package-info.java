/**
 * The family of articulated bodies: rotations, the tree of joints, documents and text of people,
 * drawing, errors of joints. Depends on the SPI and on {@code org.anymod.media}.
 */
package org.anymod.media.body;
