/**
 * Event files for TensorBoard: records framed with checksums, each holding a protocol buffer that
 * is encoded here by hand. Depends on the JDK only.
 */
package org.anymod.core.training.board;
