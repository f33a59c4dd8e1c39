/**
 * What is known about scenes beyond picture, depth, classes and caption, as files in the forms that
 * the plugins read: normals, instances and their edges, boxes, poses, metadata and long text. Uses
 * the toy world; the toy world does not know it.
 */
package org.anymod.toyworld.labels;
