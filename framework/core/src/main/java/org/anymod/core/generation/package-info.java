/**
 * Requests to a trained model from an application: what is given, what is wanted and how it is
 * drawn, answered for any number of threads at once. Uses the pipeline and the sampler; knows
 * modalities by the keys of a run only.
 */
package org.anymod.core.generation;
