package org.anymod.core.retrieval;

/**
 * A row that a search found.
 *
 * @param row number of the row in the gallery
 * @param score how alike it is: its cosine, or its negative distance; more is more alike
 */
public record Neighbour(int row, double score) {}
