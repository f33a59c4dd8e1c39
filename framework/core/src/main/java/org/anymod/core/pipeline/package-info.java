/** The stages of a run as calls: vocabulary, tokenizers, tokens, model, predictions, evaluation. */
package org.anymod.core.pipeline;
