package org.anymod.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Value;

/** What the options {@code --input KEY=FILE} or {@code --input KEY=TEXT} give. */
final class GivenInputs {
  private GivenInputs() {}

  /** Reads all, at the size of the model input. */
  static Map<UsedModality, Value> read(ModalityNames keys, List<String> inputs) throws IOException {
    Map<UsedModality, Value> given = new LinkedHashMap<>();
    for (String input : inputs) {
      int at = input.indexOf('=');
      if (at < 1) {
        throw new UserMistake("--input is '" + input + "', must be KEY=FILE or KEY=TEXT");
      }
      UsedModality modality = keys.input(input.substring(0, at));
      Value value = InputValues.read(modality, input.substring(at + 1));
      if (given.put(modality, value) != null) {
        throw new UserMistake("--input: '" + modality.key() + "' is given twice");
      }
    }
    return InputValues.cropped(given);
  }
}
