/**
 * Annotations by which a plugin describes the settings it takes from a recipe. Used by the host to
 * validate and document.
 */
package org.anymod.spi.config;
