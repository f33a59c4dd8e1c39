/**
 * DINOv2 embeddings of whole pictures as tokens. Depends on the SPI, media and networks, which the
 * host provides.
 */
package org.anymod.plugins.dinov2global;
