/**
 * The modality set of a run: what the recipe names, matched with what the loaded plugins declare.
 */
package org.anymod.core.modality;
