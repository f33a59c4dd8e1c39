/**
 * Decoded values of samples: read from files, checked against their declaration, labelled where
 * files are absent, cropped.
 */
package org.anymod.core.values;
