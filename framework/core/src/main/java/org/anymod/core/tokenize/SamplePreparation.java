package org.anymod.core.tokenize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Crop;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;

/** Reads and crops samples before they are encoded. Safe for use by several threads. */
final class SamplePreparation {
  private final ValueReader reader;
  private final CroppedValues.CropPlan plan;
  private final List<String> pictureSources;
  private final List<UsedModality> modalities;
  private final Optional<ImportedTokens> imported;

  /**
   * Creates a preparation.
   *
   * @param reader values of the split
   * @param plan how crops are made
   * @param pictureSources sources in which to look for the size of a sample's picture
   * @param modalities what is prepared
   * @param imported tokens and crops that are there already
   */
  SamplePreparation(
      ValueReader reader,
      CroppedValues.CropPlan plan,
      List<String> pictureSources,
      List<UsedModality> modalities,
      Optional<ImportedTokens> imported) {
    this.reader = reader;
    this.plan = plan;
    this.pictureSources = pictureSources;
    this.modalities = modalities;
    this.imported = imported;
  }

  List<PreparedSample> samples(int from, int to) throws IOException {
    List<PreparedSample> samples = new ArrayList<>();
    for (int i = from; i < to; i++) {
      samples.add(sample(i));
    }
    return samples;
  }

  private PreparedSample sample(int index) throws IOException {
    String name = reader.samples().name(index);
    ValueReader.Sample values = reader.sample(index);
    int[] size = values.pictureSize(pictureSources);
    List<Crop> crops =
        imported.isPresent() ? imported.get().crops(index, size) : plan.crops(name, size);
    PreparedSample prepared = new PreparedSample(name);
    for (UsedModality modality : modalities) {
      if (imported.isPresent() && imported.get().has(modality)) {
        prepared.put(modality.key(), imported.get().tokens(modality, index));
      } else {
        prepare(modality, values, crops, prepared);
      }
    }
    return prepared;
  }

  private static void prepare(
      UsedModality modality, ValueReader.Sample sample, List<Crop> crops, PreparedSample prepared)
      throws IOException {
    Kind kind = modality.declaration().kind();
    String key = modality.key();
    if (kind instanceof Kind.TextSequence && !modality.isTextPerCrop()) {
      // Text without geometry is kept once, whatever the crops.
      prepareText(modality, sample, List.of(sample.value(modality.source())), prepared);
      return;
    }
    List<Value> values = new ArrayList<>();
    for (Crop crop : crops) {
      values.add(sample.cropped(modality, crop));
    }
    if (kind instanceof Kind.TextSequence) {
      prepareText(modality, sample, values, prepared);
    } else if (kind instanceof Kind.PixelPatches) {
      prepared.put(key, StoredPixels.pack(modality, values));
    } else if (kind instanceof Kind.EmbeddingSequence) {
      prepared.put(key, StoredVectors.pack(modality, values));
    } else {
      prepared.values().put(key, values);
    }
  }

  /** Text whose codes are missing waits for the tokenizer of its parts. */
  private static void prepareText(
      UsedModality modality, ValueReader.Sample sample, List<Value> values, PreparedSample prepared)
      throws IOException {
    try {
      values.forEach(value -> PartCodes.checkComplete(modality, value));
    } catch (IllegalArgumentException e) {
      throw new DatasetException(sample.place(modality.source()) + ": " + e.getMessage(), e);
    }
    if (modality.coded().isPresent()) {
      prepared.values().put(modality.key(), values);
    } else {
      prepared.entries().put(modality.key(), StoredTexts.pack(modality, prepared.name(), values));
    }
  }
}
