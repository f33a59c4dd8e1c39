/**
 * Labelers that compute values with a network of the user's own, a TorchScript file. Depends on the
 * SPI and the torch layer.
 */
package org.anymod.networks.labeling;
