/** Tokenizers of a run: trained, kept with their identity, and applied to whole datasets. */
package org.anymod.core.tokenize;
