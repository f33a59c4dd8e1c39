package org.anymod.serve;

import java.util.List;
import org.anymod.core.generation.PlannedOutput;
import org.anymod.core.generation.Request;
import org.anymod.core.modality.UsedModality;

/**
 * What a client wants, with everything checked against the models.
 *
 * @param request the request to the generator
 * @param inputs the modalities that are given, in the order of the request
 * @param outputs what will be predicted and shown, in order: what was asked for, and finer forms
 *     that the second model of a chain draws of it
 */
record GenerateRequest(Request request, List<UsedModality> inputs, List<PlannedOutput> outputs) {
  GenerateRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  List<String> inputKeys() {
    return inputs.stream().map(UsedModality::key).toList();
  }

  List<String> outputKeys() {
    return outputs.stream().map(PlannedOutput::key).toList();
  }

  int samples() {
    return request.samples();
  }
}
