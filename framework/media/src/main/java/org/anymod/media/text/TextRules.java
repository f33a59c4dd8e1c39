package org.anymod.media.text;

/**
 * How plain texts are read and used.
 *
 * @param key key of the text in JSON objects
 * @param maxCharacters longest text
 * @param choice which text of a file with several is used
 * @param maxWords words of a longer text that are used, from a random one on; 0 uses its beginning
 */
public record TextRules(String key, int maxCharacters, TextChoice choice, int maxWords) {}
