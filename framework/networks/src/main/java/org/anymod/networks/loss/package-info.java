/** Losses that networks are trained with, under the names that recipes use. */
package org.anymod.networks.loss;
