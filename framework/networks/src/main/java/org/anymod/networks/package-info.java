/**
 * Networks that plugins and host share: transformer blocks, vector-quantised autoencoders,
 * WordPiece. Depends on the SPI and the torch layer.
 */
package org.anymod.networks;
