package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.anymod.core.Progress;
import org.anymod.toyworld.ToyWorldWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod data toyworld}. */
@Command(
    name = "toyworld",
    description = {
      "Render the toy world: small 3D scenes in all modalities, exactly aligned.",
      "Same seed, same bytes. Scenes of the two splits never overlap."
    })
final class DataToyworldCommand implements Callable<Integer> {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder that gets the folders train and val.")
  private Path folder;

  @Option(
      names = "--train",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Scenes for training (default: ${DEFAULT-VALUE}).")
  private int train;

  @Option(
      names = "--val",
      paramLabel = "N",
      defaultValue = "200",
      description = "Scenes for validation (default: ${DEFAULT-VALUE}).")
  private int validation;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "64",
      description = "Side of the pictures (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the world (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--shard",
      paramLabel = "N",
      description = "Pack this many scenes into each tar shard, instead of single files.")
  private Integer shard;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  record Split(String folder, int scenes) {}

  @Override
  public Integer call() throws IOException {
    if (train < 0 || train > ToyWorldData.FIRST_VALIDATION_SCENE || validation < 0) {
      throw new UserMistake(
          "--train is "
              + train
              + " and --val is "
              + validation
              + ", must be from 0 to "
              + ToyWorldData.FIRST_VALIDATION_SCENE);
    }
    Progress progress = ProgressChoice.on(spec.commandLine().getErr());
    List<Split> splits = new ArrayList<>();
    write("train", 0, train, progress, splits);
    write("val", ToyWorldData.FIRST_VALIDATION_SCENE, validation, progress, splits);
    print(splits);
    return ExitCode.OK;
  }

  private void write(String name, int first, int count, Progress progress, List<Split> splits)
      throws IOException {
    if (count == 0) {
      return;
    }
    Path root = folder.resolve(name);
    IntConsumer done = n -> progress.advance(n, "");
    progress.start("rendering " + name, count, "scene");
    if (shard == null) {
      ToyWorldWriter.write(root, seed, first, count, size, done);
    } else {
      ToyWorldWriter.writeShards(root, seed, first, count, size, shard, done);
    }
    progress.finish();
    splits.add(new Split(root.toString(), count));
  }

  private void print(List<Split> splits) throws JsonProcessingException {
    output.write(
        splits,
        (PrintWriter out) ->
            splits.forEach(
                split -> out.println(split.folder() + ": " + split.scenes() + " scenes")));
  }
}
