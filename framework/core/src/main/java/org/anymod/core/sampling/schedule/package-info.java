/**
 * The arithmetic of sampling: how many tokens each step decides, at which temperature, and how one
 * token is drawn. Pure Java over primitive arrays; depends on nothing else of the project.
 */
package org.anymod.core.sampling.schedule;
