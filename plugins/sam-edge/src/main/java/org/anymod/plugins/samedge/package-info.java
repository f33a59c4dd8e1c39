/**
 * Edges of instances as tokens. Depends on the SPI, media and networks, which the host provides.
 */
package org.anymod.plugins.samedge;
