/**
 * Datasets on disk: folders of files and tar shards with a manifest, joined by name; how tokens and
 * crops are stored beside them; packing, inspecting and verifying. Depends on the SPI and media
 * only, and names no modality.
 */
package org.anymod.core.data;
