/**
 * The contracts a modality plugin implements and the value types they speak in.
 *
 * <p>Depends on the DJL API, PF4J's {@code ExtensionPoint}, Jackson annotations and {@code
 * jakarta.inject} only; versioned by itself with semantic versioning. Everything else in the
 * framework may depend on it, it depends on nothing of the framework.
 */
package org.anymod.spi;
