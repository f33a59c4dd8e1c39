package org.anymod.core.generation;

/**
 * What a generator has done so far.
 *
 * @param waiting requests that wait for the model
 * @param batches batches drawn
 * @param samples samples drawn; with fewer batches, samples of several requests were drawn together
 * @param liveTensors tensors alive in the models
 */
public record GeneratorFigures(int waiting, long batches, long samples, int liveTensors) {}
