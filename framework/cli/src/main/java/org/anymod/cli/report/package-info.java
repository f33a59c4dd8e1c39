/**
 * Reports that open in any browser without a network: one HTML page with charts, tables and
 * pictures in it, and the same facts as JSON. May depend on Jackson; knows nothing of models or
 * modalities.
 */
package org.anymod.cli.report;
