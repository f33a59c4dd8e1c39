package org.anymod.torch.parallel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said where libraries are not there. */
class LibrariesTest {
  @Test
  void aMissingMpiLibraryIsNamedWithWhatToInstall() {
    assertThatThrownBy(() -> MpiLibrary.open(Map.of(MpiLibrary.OVERRIDE, "libnothing.so.7")))
        .isInstanceOf(ParallelException.class)
        .hasMessageContaining("libnothing.so.7 is not found")
        .hasMessageContaining("openmpi-bin")
        .hasMessageContaining(MpiLibrary.OVERRIDE);
  }

  @Test
  void theLauncherIsNamedWithItsPackage() {
    Map<String, String> mpich = Map.of("PMI_SIZE", "2", MpiLibrary.OVERRIDE, "libnothing.so.7");
    assertThatThrownBy(() -> MpiLibrary.open(mpich))
        .isInstanceOf(ParallelException.class)
        .hasMessageContaining("by the launcher of MPICH, but no MPI library of that kind")
        .hasMessageContaining("Install it (Debian: mpich)");
  }

  @Test
  void aLibraryThatIsNotMpiIsRefused() {
    assertThatThrownBy(() -> MpiLibrary.open(Map.of(MpiLibrary.OVERRIDE, "libc.so.6")))
        .isInstanceOf(ParallelException.class)
        .hasMessageContaining("libc.so.6 is no MPI library: it has no MPI_Init_thread");
  }

  @Test
  void aMissingNcclLibraryIsNamedWithWhatToInstall() {
    assertThatThrownBy(() -> NcclLibrary.open(Map.of(NcclLibrary.OVERRIDE, "libc.so.6")))
        .isInstanceOf(ParallelException.class)
        .hasMessageContaining("libc.so.6 is not found or has no ncclAllReduce")
        .hasMessageContaining("libnccl2")
        .hasMessageContaining("device: cpu");
  }
}
