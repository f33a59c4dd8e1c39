/**
 * The family of texts as vectors of a language model: their files and their distances. Depends on
 * the SPI and on {@code org.anymod.media}.
 */
package org.anymod.media.embeddings;
