/**
 * Numbers about the geometry of a scene as text. Depends on the SPI and media, which the host
 * provides.
 */
package org.anymod.plugins.geometricmetadata;
