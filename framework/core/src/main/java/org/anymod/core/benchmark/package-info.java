/**
 * Measurements of speed and memory: training steps against the machine's own rate of matrix
 * products, masking, and reading of tokens. They say what was measured and judge nothing.
 */
package org.anymod.core.benchmark;
