/**
 * Pictures, arrays and text in and out, resampling, colour maps and metrics that plugins and host
 * share. Depends on the SPI only.
 */
package org.anymod.media;
