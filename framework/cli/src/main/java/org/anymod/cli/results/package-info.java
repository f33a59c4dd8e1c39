/**
 * What commands say about tokenizers and models: measurements, reports and sheets of pictures. May
 * depend on the core and on the reports; knows nothing of command lines.
 */
package org.anymod.cli.results;
