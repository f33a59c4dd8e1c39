/** Plain text without pictures. Depends on the SPI and media, which the host provides. */
package org.anymod.plugins.webtext;
