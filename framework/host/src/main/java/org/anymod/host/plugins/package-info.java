/**
 * Finds plugins, checks them before and after their classes load, isolates them and instantiates
 * their extensions. Built on PF4J and Guice, neither of which reaches a plugin; may depend on the
 * SPI and the recipe package.
 */
package org.anymod.host.plugins;
