/**
 * All that touches DJL's PyTorch engine: devices, precision, kernels, tensor scopes, optimiser,
 * safetensors; and the seeded source of chance. The only package that may import {@code
 * ai.djl.pytorch}; depends on the SPI.
 */
package org.anymod.torch;
