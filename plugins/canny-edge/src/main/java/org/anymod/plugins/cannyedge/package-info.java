/**
 * Canny edges as tokens and how to find them. Depends on the SPI, media and networks, which the
 * host provides.
 */
package org.anymod.plugins.cannyedge;
