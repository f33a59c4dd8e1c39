/**
 * What the files and tokens of every modality must stand, for the tests of plugins. Depends on the
 * SPI, JUnit and AssertJ.
 */
package org.anymod.media.testing;
