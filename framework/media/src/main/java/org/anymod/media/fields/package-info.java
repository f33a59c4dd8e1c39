/**
 * The family of named numbers about a sample as a sequence, and how some are computed from other
 * values. Depends on the SPI and on {@code org.anymod.media}.
 */
package org.anymod.media.fields;
