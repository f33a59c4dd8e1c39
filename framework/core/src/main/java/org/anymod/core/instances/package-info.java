/**
 * Outlines of objects as published data hold them, turned into documents that need no Python. Uses
 * data and media.
 */
package org.anymod.core.instances;
