package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anymod.core.checkpoint.CheckpointConversion;
import org.anymod.core.checkpoint.CheckpointConversion.Form;
import org.anymod.core.checkpoint.CheckpointConversion.Heads;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.ConversionReport;
import org.anymod.torch.StoredType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anymod checkpoint convert}. */
@Command(
    name = "convert",
    description = {
      "Write model weights in another form, with the same numbers.",
      "A checkpoint of a run is published with --form published; a published file can be named in",
      "training.init_from as it is."
    })
final class CheckpointConvertCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "IN", description = "A safetensors file.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  private Path out;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Type of the numbers: float32, float16 or bfloat16 (default: as they are).")
  private NumberType type;

  @Option(
      names = "--heads",
      paramLabel = "HEADS",
      defaultValue = "keep",
      description = {
        "Output heads: keep, tied (left out, must equal the token tables) or untied (copied from",
        "the token tables where missing) (default: ${DEFAULT-VALUE})."
      })
  private Heads heads;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "keep",
      description = {
        "keep, published (every tensor and only the metadata that the published system accepts) or",
        "training (with the number of steps) (default: ${DEFAULT-VALUE})."
      })
  private Form form;

  @Option(names = "--overwrite", description = "Replace OUT if it exists.")
  private boolean overwrite;

  @Mixin private OutputOptions output;

  /** Types as users name them. */
  enum NumberType {
    FLOAT32(StoredType.F32),
    FLOAT16(StoredType.F16),
    BFLOAT16(StoredType.BF16);

    private final StoredType stored;

    NumberType(StoredType stored) {
      this.stored = stored;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out) && !overwrite) {
      throw new UserMistake(out + " exists; --overwrite replaces it");
    }
    Optional<StoredType> stored = Optional.ofNullable(type).map(chosen -> chosen.stored);
    CheckpointConversion.Options options = new CheckpointConversion.Options(stored, heads, form);
    try (CheckpointFile file = CheckpointFile.open(in)) {
      ConversionReport report = new CheckpointConversion(file, options).write(out);
      output.write(report, text -> text.println(report.text()));
    }
    return ExitCode.OK;
  }
}
