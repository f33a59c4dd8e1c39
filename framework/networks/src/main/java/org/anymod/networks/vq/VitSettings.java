package org.anymod.networks.vq;

import java.util.Map;
import org.anymod.networks.SettingsReader;

/**
 * Settings of a ViT VQ-VAE.
 *
 * @param encoder size of the encoder
 * @param decoder size of the decoder
 * @param quantizer the quantizer
 * @param training how it is trained
 * @param classWidth width of a class embedding, for class maps
 * @param outConv whether ConvNeXt blocks follow the decoder
 * @param undoStd whether pictures come standardised as for ImageNet
 * @param encoderSize size in pixels that the encoder's position table is for
 * @param decoderSize size in pixels that the decoder's position table is for; 0 for what it decodes
 * @param decoderPatch side of a patch of the decoder in pixels; 0 for that of the encoder
 */
record VitSettings(
    VitShape encoder,
    VitShape decoder,
    QuantizerSettings quantizer,
    TrainingSettings training,
    int classWidth,
    boolean outConv,
    boolean undoStd,
    int encoderSize,
    int decoderSize,
    int decoderPatch) {

  private static final int LARGEST = 16384;

  /** Reads the settings of a tokenizer of pictures with the given resolution. */
  static VitSettings read(Map<String, Object> settings, String defaultLoss, int resolution) {
    SettingsReader reader = new SettingsReader(settings);
    // The file is opened by the tokenizer itself.
    reader.text("weights", "");
    VitShape encoder = shape(reader, "", new VitShape(768, 12, 12, true));
    int size = reader.whole("image_size", 0, 0, LARGEST);
    VitSettings read =
        new VitSettings(
            encoder,
            shape(reader, "decoder_", encoder),
            QuantizerSettings.read(reader, QuantizerSettings.Type.COSINE, 32, 1),
            TrainingSettings.read(reader, defaultLoss),
            reader.whole("class_width", 64, 1, 1024),
            reader.flag("out_conv", false),
            reader.flag("undo_std", false),
            reader.whole("image_size_enc", size == 0 ? resolution : size, 1, LARGEST),
            reader.whole("image_size_dec", size, 0, LARGEST),
            reader.whole("patch_size_dec", 0, 0, LARGEST));
    reader.finish();
    return read;
  }

  private static VitShape shape(SettingsReader reader, String prefix, VitShape fallback) {
    VitShape shape =
        new VitShape(
            reader.whole(prefix + "dim", fallback.dim(), 4, 8192),
            reader.whole(prefix + "depth", fallback.depth(), 1, 64),
            reader.whole(prefix + "heads", fallback.heads(), 1, 128),
            reader.flag("post_mlp", fallback.postMlp()));
    if (shape.dim() % shape.heads() != 0 || shape.dim() % 4 != 0) {
      reader.problem(
          prefix + "dim",
          shape.dim(),
          "a multiple of 4 and of " + prefix + "heads = " + shape.heads());
      return fallback;
    }
    return shape;
  }
}
