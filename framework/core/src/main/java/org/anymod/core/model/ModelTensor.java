package org.anymod.core.model;

import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * One tensor of a checkpoint.
 *
 * @param name name in the checkpoint
 * @param shape shape
 * @param trained whether it is trained; else it is a buffer
 * @param sharedWith the name under which the model has the same tensor, if this is another name of
 *     it
 */
public record ModelTensor(String name, Shape shape, boolean trained, Optional<String> sharedWith) {}
