/**
 * The embedded toy world: small 3D scenes as a function of seed and index, rendered to aligned
 * pictures, depth, class maps and captions with exact ground truth. Depends on the host's datasets
 * and source of chance; no plugin is used.
 */
package org.anymod.toyworld;
