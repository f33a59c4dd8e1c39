/**
 * Tests that hold the modules to the design: who may use whom, where chance comes from, what is
 * documented. Sees everything, is seen by nothing.
 */
package org.anymod.architecture;
