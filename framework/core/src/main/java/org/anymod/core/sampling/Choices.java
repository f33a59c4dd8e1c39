package org.anymod.core.sampling;

/** What is left to chance while rows are sampled. */
interface Choices {

  /**
   * Chooses the places of a grid that one step of a random order decides.
   *
   * @param row number of the row
   * @param modality the grid
   * @param open places that are undecided, ascending
   * @param count how many to choose, at most those that are open
   * @return the places, ascending
   */
  int[] places(int row, int modality, int[] open, int count);

  /**
   * Draws a token.
   *
   * @param row number of the row
   * @param modality what is sampled
   * @param place place in the grid, or number of the id in its sequence
   * @param logits what to draw from, and how
   * @param confidenceOut1 receives at index 0 how probable the token was
   * @return the token
   */
  int token(int row, int modality, int place, Logits logits, float[] confidenceOut1);

  /**
   * Chooses the tokens of a grid that stay.
   *
   * @param row number of the row
   * @param modality the grid
   * @param places places with a token that was drawn, ascending
   * @param confidences how probable each was
   * @param count how many stay, fewer than there are
   * @param noise scale of the chance in it
   * @return indices into {@code places}
   */
  int[] keep(int row, int modality, int[] places, float[] confidences, int count, double noise);
}
