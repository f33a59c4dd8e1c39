/**
 * Captions as vectors of a language model. Depends on the SPI and media, which the host provides.
 */
package org.anymod.plugins.t5caption;
