package org.anymod.torch.parallel;

import ai.djl.ndarray.types.DataType;

/** Types of numbers that are sent, with their names in Open MPI and their handles in MPICH. */
enum MpiType {
  BYTE("ompi_mpi_byte", 0x4c00010d, 1),
  FLOAT("ompi_mpi_float", 0x4c00040a, 4),
  DOUBLE("ompi_mpi_double", 0x4c00080b, 8),
  LONG("ompi_mpi_long_long_int", 0x4c000809, 8);

  private final String openMpi;
  private final int mpich;
  private final int bytes;

  MpiType(String openMpi, int mpich, int bytes) {
    this.openMpi = openMpi;
    this.mpich = mpich;
    this.bytes = bytes;
  }

  /** The type whose numbers can be added. */
  static MpiType of(DataType type) {
    return switch (type) {
      case FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case INT64 -> LONG;
      default ->
          throw new IllegalArgumentException(
              "tensors of type "
                  + type
                  + " are not summed over ranks: allowed are float32, float64, int64");
    };
  }

  String openMpi() {
    return openMpi;
  }

  int mpich() {
    return mpich;
  }

  int bytes() {
    return bytes;
  }
}
