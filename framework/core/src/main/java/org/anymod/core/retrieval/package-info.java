/**
 * Retrieval: global embeddings of a dataset, predicted from any modalities or taken from files,
 * kept as an index with a contract, and searched exactly or with a graph. May depend on the
 * pipeline; evaluation, benchmarks and the command line may depend on it.
 */
package org.anymod.core.retrieval;
