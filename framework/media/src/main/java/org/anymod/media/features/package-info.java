/**
 * The family of features of networks: maps and vectors. Depends on the SPI and on {@code
 * org.anymod.media}.
 */
package org.anymod.media.features;
