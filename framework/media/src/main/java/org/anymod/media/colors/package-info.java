/**
 * The family of palettes: finding the colours that stand for a picture, their documents and text,
 * distances. Depends on the SPI and on {@code org.anymod.media}.
 */
package org.anymod.media.colors;
