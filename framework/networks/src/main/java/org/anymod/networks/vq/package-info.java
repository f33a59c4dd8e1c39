/** Vector-quantised autoencoders: tokenizers for pictures and maps that plugins share. */
package org.anymod.networks.vq;
