/**
 * Stand-ins for the features of pretrained networks: fixed random projections of plain statistics,
 * and hashed word vectors. They are no CLIP, DINOv2, ImageBind or T5 and take their names only to
 * fill the places of those features where no such network is at hand.
 */
package org.anymod.toyworld.features;
