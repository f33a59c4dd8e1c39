package org.anymod.torch.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MpiFlavorTest {
  private static final Map<String, String> SLURM =
      Map.of("PMI_SIZE", "2", "PMI_RANK", "1", "SLURM_PROCID", "1");

  @Test
  void theLauncherSaysWhichLibraryIsMeant() {
    assertThat(MpiFlavor.of(Map.of("OMPI_COMM_WORLD_SIZE", "2", "PMIX_RANK", "0")))
        .containsExactly(MpiFlavor.OPEN_MPI);
    assertThat(MpiFlavor.of(Map.of("PMI_SIZE", "2", "PMI_RANK", "0")))
        .containsExactly(MpiFlavor.MPICH);
  }

  @Test
  void slurmServesBoth() {
    assertThat(MpiFlavor.of(SLURM)).containsExactly(MpiFlavor.MPICH, MpiFlavor.OPEN_MPI);
    assertThat(MpiFlavor.of(Map.of("PMIX_RANK", "0", "SLURM_NTASKS", "2", "SLURM_PROCID", "0")))
        .containsExactly(MpiFlavor.OPEN_MPI, MpiFlavor.MPICH);
  }

  @Test
  void namesThatSayNothingComeLast() {
    assertThat(MpiFlavor.libraries(List.of(MpiFlavor.MPICH)))
        .containsExactly("libmpich.so.12", "libmpi.so.12", "libmpi.so", "mpi");
    assertThat(MpiFlavor.libraries(MpiFlavor.of(SLURM)))
        .startsWith("libmpich.so.12")
        .contains("libmpi.so.40")
        .endsWith("libmpi.so", "mpi");
  }
}
