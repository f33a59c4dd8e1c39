/**
 * Numbers about what a picture shows as text. Depends on the SPI and media, which the host
 * provides.
 */
package org.anymod.plugins.semanticmetadata;
