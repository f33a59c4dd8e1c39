/**
 * Python objects that NumPy stored beside numbers, read without running anything: lists, tuples,
 * dictionaries, texts, numbers and arrays, and nothing else. Uses the SPI alone.
 */
package org.anymod.media.pickle;
