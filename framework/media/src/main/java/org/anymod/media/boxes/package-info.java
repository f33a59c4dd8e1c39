/**
 * The family of labelled boxes: their documents, their text, average precision, votes. Depends on
 * the SPI and on {@code org.anymod.media}.
 */
package org.anymod.media.boxes;
