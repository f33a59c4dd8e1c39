package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.anymod.core.Progress;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginProblem;
import org.anymod.toyworld.sources.SceneSelection;
import org.anymod.toyworld.sources.SceneSelection.Range;
import org.anymod.toyworld.sources.SceneSelection.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod data toyworld}. */
@Command(
    name = "toyworld",
    description = {
      "Render the toy world: small 3D scenes in up to all modalities, exactly aligned.",
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

  @Option(
      names = "--modalities",
      split = ",",
      paramLabel = "NAME",
      description = {
        "What to write: names of source folders, or 'all'. Those that plugins compute from others,",
        "such as edges, need the plugins (default: the four of the plain world)."
      })
  private List<String> modalities;

  @Option(
      names = "--people",
      negatable = true,
      description = {
        "Whether people join the solids (default: where --modalities asks for more than the plain",
        "world has)."
      })
  private Boolean people;

  @Mixin private PluginOptions plugins;
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
    if (modalities == null || ToyWorldChoice.needsNoPlugins(modalities)) {
      write(selection(Optional.empty()), progress, splits);
    } else {
      try (AnymodHost host = AnymodHost.open(plugins.folder())) {
        LoadedPlugins loaded = host.loadWithDefaults();
        loaded.problems().forEach(this::report);
        write(selection(Optional.of(new LabelledScenes(loaded))), progress, splits);
      }
    }
    print(splits);
    return ExitCode.OK;
  }

  private void report(PluginProblem problem) {
    if (!problem.code().isHarmless()) {
      spec.commandLine().getErr().println("anymod: plugin not loaded: " + problem.text());
    }
  }

  private SceneSelection selection(Optional<LabelledScenes> labelled) {
    List<String> names = modalities == null ? SceneSelection.plain().names() : modalities;
    return new ToyWorldChoice(labelled).select(names, Optional.ofNullable(people));
  }

  private void write(SceneSelection selection, Progress progress, List<Split> splits)
      throws IOException {
    write(selection, "train", new Range(0, train), progress, splits);
    Range last = new Range(ToyWorldData.FIRST_VALIDATION_SCENE, validation);
    write(selection, "val", last, progress, splits);
    ToyWorldData.writeNote(folder, selection);
  }

  private void write(
      SceneSelection selection, String name, Range range, Progress progress, List<Split> splits)
      throws IOException {
    int count = range.count();
    if (count == 0) {
      return;
    }
    Path root = folder.resolve(name);
    IntConsumer done = n -> progress.advance(n, "");
    progress.start("rendering " + name, count, "scene");
    OptionalInt perShard = shard == null ? OptionalInt.empty() : OptionalInt.of(shard);
    selection.write(root, new World(seed, size), range, perShard, done);
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
