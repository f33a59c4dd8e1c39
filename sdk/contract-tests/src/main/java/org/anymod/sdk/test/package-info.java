/**
 * Tests that authors of plugins inherit, and samples to feed them. May use everything of the
 * framework but the command line; nothing of the framework uses it.
 */
package org.anymod.sdk.test;
