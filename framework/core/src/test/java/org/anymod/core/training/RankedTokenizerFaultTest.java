package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.anymod.core.pipeline.TinyWorld;
import org.anymod.torch.testing.MpiLauncher;
import org.anymod.torch.testing.MpiProcesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer that one of several processes trains for all, and whose training fails. */
class RankedTokenizerFaultTest {
  @TempDir Path folder;

  @Test
  void theRanksThatWaitAreTold() throws Exception {
    MpiLauncher launcher = MpiLauncher.installed().get(0);
    TinyWorld.in(folder);
    MpiProcesses.Ended ended =
        MpiProcesses.start(
                launcher, 2, RankedTrainings.class, folder.toString(), "lonely", "lonely")
            .end(60);
    assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output())
        .contains("rank 0: tokenizer tok_square@8: the loss is NaN at step 3, whose values are")
        .contains("rank 1: tokenizer tok_square@8: rank 0, which trains it alone, cannot go on");
  }
}
