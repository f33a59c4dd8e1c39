/** Measures predictions of a trained model on unseen samples, from every input to every output. */
package org.anymod.core.evaluation;
