package org.anymod.torch.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {
  @Test
  void aProcessWithoutLauncherIsAlone() {
    assertThat(Launch.of(Map.of())).isEqualTo(Launch.ALONE);
    assertThat(Launch.ALONE.isParallel()).isFalse();
  }

  @Test
  void readsTheVariablesOfEachLauncher() {
    assertThat(
            Launch.of(
                Map.of(
                    "OMPI_COMM_WORLD_SIZE", "8",
                    "OMPI_COMM_WORLD_RANK", "5",
                    "OMPI_COMM_WORLD_LOCAL_RANK", "1")))
        .isEqualTo(new Launch(5, 8, 1));
    assertThat(Launch.of(Map.of("PMI_SIZE", "2", "PMI_RANK", "1", "MPI_LOCALRANKID", "1")))
        .isEqualTo(new Launch(1, 2, 1));
    assertThat(
            Launch.of(
                Map.of(
                    "PMIX_RANK", "3",
                    "SLURM_NTASKS", "4",
                    "SLURM_PROCID", "3",
                    "SLURM_LOCALID", "1")))
        .isEqualTo(new Launch(3, 4, 1));
  }

  @Test
  void aBatchScriptOfSlurmIsNoLaunch() {
    assertThat(Launch.of(Map.of("SLURM_NTASKS", "4", "SLURM_PROCID", "0"))).isEqualTo(Launch.ALONE);
  }

  @Test
  void nonsenseIsNoLaunch() {
    assertThat(Launch.of(Map.of("PMI_SIZE", "two", "PMI_RANK", "0"))).isEqualTo(Launch.ALONE);
    assertThat(Launch.of(Map.of("PMI_SIZE", "2", "PMI_RANK", "2"))).isEqualTo(Launch.ALONE);
  }
}
