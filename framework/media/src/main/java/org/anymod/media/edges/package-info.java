/**
 * The family of edge maps and how edges are found in pictures. Depends on the SPI and on {@code
 * org.anymod.media}.
 */
package org.anymod.media.edges;
