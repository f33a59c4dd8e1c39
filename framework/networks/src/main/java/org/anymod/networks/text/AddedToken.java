package org.anymod.networks.text;

/**
 * A vocabulary entry that is found in the text as a whole, before the text is split into words.
 *
 * @param id number in the vocabulary
 * @param content the characters
 * @param singleWord whether it counts only where no letter, digit or underscore touches it
 * @param normalized whether it is looked for in the normalised text, so that case and accents do
 *     not matter
 */
record AddedToken(int id, String content, boolean singleWord, boolean normalized) {}
