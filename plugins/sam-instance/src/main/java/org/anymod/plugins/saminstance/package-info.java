/**
 * Instances with coded masks as text. Depends on the SPI, media and networks, which the host
 * provides.
 */
package org.anymod.plugins.saminstance;
