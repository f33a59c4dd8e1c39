/**
 * People and their body poses as text. Depends on the SPI, media and networks, which the host
 * provides.
 */
package org.anymod.plugins.humanposes;
