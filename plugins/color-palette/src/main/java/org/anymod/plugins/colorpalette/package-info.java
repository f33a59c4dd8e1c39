/**
 * Colour palettes as text and how to find them. Depends on the SPI and media, which the host
 * provides.
 */
package org.anymod.plugins.colorpalette;
