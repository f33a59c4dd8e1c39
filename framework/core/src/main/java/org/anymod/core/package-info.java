/**
 * Datasets, masking, the any-to-any model, training, sampling and evaluation. Names no modality.
 * Depends on the SPI, media, torch and networks.
 */
package org.anymod.core;
