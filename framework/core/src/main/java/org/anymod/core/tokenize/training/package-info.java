/**
 * The training of tokenizers: steps on pictures of changing size, the moving average of the
 * weights, checks on held-out values, and what a killed training goes on from. May use the
 * tokenizers' store and values, and the logs of {@code org.anymod.core.training}, which knows
 * nothing of this package.
 */
package org.anymod.core.tokenize.training;
