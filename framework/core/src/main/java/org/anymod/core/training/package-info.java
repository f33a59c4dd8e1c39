/**
 * Training of the any-to-any model: data, the loop, checkpoints. Everything is a function of the
 * seed and the step.
 */
package org.anymod.core.training;
