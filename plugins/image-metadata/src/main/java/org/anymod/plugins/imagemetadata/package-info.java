/**
 * Numbers about the picture itself as text. Depends on the SPI and media, which the host provides.
 */
package org.anymod.plugins.imagemetadata;
