/**
 * What tests of several modules need to start processes. Depends on JUnit, and on nothing of this
 * project.
 */
package org.anymod.torch.testing;
