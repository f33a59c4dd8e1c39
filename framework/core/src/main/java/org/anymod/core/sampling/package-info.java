/**
 * Any-to-any sampling: grids by MaskGIT or in random order, sequences token by token, chained over
 * modalities.
 */
package org.anymod.core.sampling;
