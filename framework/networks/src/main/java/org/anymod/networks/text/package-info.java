/**
 * WordPiece text tokenization and the training of its vocabulary. Pure Java, without tensors.
 * Depends on the SPI's exceptions and Jackson only.
 */
package org.anymod.networks.text;
