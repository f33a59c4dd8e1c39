/**
 * A trained model behind HTTP: a JSON API with a bounded queue, and a page to play with. Knows
 * kinds of modalities and no particular one; may use core and what is above it.
 */
package org.anymod.serve;
