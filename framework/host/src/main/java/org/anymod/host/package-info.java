/** Loads plugins, reads recipes and wires the framework. Depends on core. */
package org.anymod.host;
