/** Captions in plain language. Depends on the SPI and media, which the host provides. */
package org.anymod.plugins.caption;
