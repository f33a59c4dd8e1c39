/**
 * The family of instances: their documents, crops, masks in codes, text, overlap, and the edges
 * between them. Depends on the SPI and on {@code org.anymod.media}.
 */
package org.anymod.media.instances;
