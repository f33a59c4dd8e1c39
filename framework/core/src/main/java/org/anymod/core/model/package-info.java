/**
 * The any-to-any encoder-decoder: embedding table, batches, forward pass and losses. Knows kinds of
 * modalities, none by name.
 */
package org.anymod.core.model;
