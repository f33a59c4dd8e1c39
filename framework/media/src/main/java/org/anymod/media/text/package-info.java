/**
 * The family of plain texts: lists of texts, and sentences about class maps. Depends on the SPI and
 * on {@code org.anymod.media}.
 */
package org.anymod.media.text;
