package org.anymod.serve;

import java.util.List;
import org.anymod.core.generation.Request;
import org.anymod.core.modality.UsedModality;

/**
 * What a client wants, with everything checked against the model.
 *
 * @param request the request to the generator
 * @param inputs the modalities that are given, in the order of the request
 * @param outputs the modalities that are to be predicted, in order
 */
record GenerateRequest(Request request, List<UsedModality> inputs, List<UsedModality> outputs) {
  GenerateRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  List<String> inputKeys() {
    return inputs.stream().map(UsedModality::key).toList();
  }

  List<String> outputKeys() {
    return outputs.stream().map(UsedModality::key).toList();
  }

  int samples() {
    return request.samples();
  }
}
