/**
 * Choosing what the model sees and what it must predict: token budgets, random positions, span
 * masking with sentinels. Pure Java over primitive arrays, ignorant of tensors; chance comes in
 * through a {@link java.util.random.RandomGenerator}. May depend on the SPI and the text tokenizer.
 */
package org.anymod.core.masking;
