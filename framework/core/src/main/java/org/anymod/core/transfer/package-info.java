/**
 * Using a trained encoder for other tasks: encoder-only models with heads, low-rank adaptation,
 * freezing, and the fine-tuning of all that. Depends on the model and its recipe alone.
 */
package org.anymod.core.transfer;
