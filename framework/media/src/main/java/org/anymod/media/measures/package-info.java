/**
 * Measures as plain arithmetic on words, vectors, points and overlaps: metrics are made of them.
 * Uses nothing of the project.
 */
package org.anymod.media.measures;
