package org.anymod.torch.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.anymod.torch.testing.MpiLauncher;
import org.anymod.torch.testing.MpiProcesses;
import org.anymod.torch.testing.MpiProcesses.Ended;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes under each launcher that is installed. */
class MpiCommunicatorTest {

  @ParameterizedTest
  @EnumSource
  void numbersOfEachTypeAreToldUnderEachLauncher(MpiLauncher launcher) throws Exception {
    launcher.assumeThere();
    Ended ended = MpiProcesses.start(launcher, 3, RankedSums.class, "exchange").end(120);
    assertThat(ended.code()).as(ended.output()).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(ended.output()).containsOnlyOnce("rank %d of 3, here %d".formatted(i, i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRankThatDoesNotComeEndsAllAfterSomeTime(MpiLauncher launcher) throws Exception {
    launcher.assumeThere();
    Ended ended = MpiProcesses.start(launcher, 2, RankedSums.class, "hang").end(40);
    assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output()).doesNotContain("of 2, here");
  }

  @ParameterizedTest
  @EnumSource
  void aLibraryOfAnotherLauncherIsNamed(MpiLauncher launcher) throws Exception {
    MpiLauncher other = launcher == MpiLauncher.MPICH ? MpiLauncher.OPEN_MPI : MpiLauncher.MPICH;
    launcher.assumeThere();
    other.assumeThere();
    Map<String, String> environment = Map.of(MpiLibrary.OVERRIDE, other.library());
    Ended ended =
        MpiProcesses.start(launcher, 2, environment, RankedSums.class, "exchange").end(60);
    assertThat(ended.code()).as(ended.output()).isEqualTo(2);
    assertThat(ended.output())
        .contains(
            "the launcher started rank ", " of 2, but ", other.library() + " says rank 0 of 1")
        .contains("Start with the mpirun of the same MPI", MpiLibrary.OVERRIDE)
        .doesNotContain("of 2, here");
  }
}
