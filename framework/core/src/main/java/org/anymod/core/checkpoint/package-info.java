/**
 * Files of model weights: reading them into a model by name, describing, converting and extending
 * them. Depends on the model, the modality set and recipes; training and pipeline depend on it.
 */
package org.anymod.core.checkpoint;
