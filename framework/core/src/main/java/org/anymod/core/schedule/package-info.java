/**
 * Numbers that change over the steps of a training, such as learning rates; closed forms without
 * state. Depends on nothing.
 */
package org.anymod.core.schedule;
