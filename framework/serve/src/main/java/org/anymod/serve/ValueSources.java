package org.anymod.serve;

import java.util.List;
import java.util.Set;
import org.anymod.core.modality.UsedModality;
import org.anymod.media.JsonPlace;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/** Values that the server has already: examples, and what earlier requests made. */
final class ValueSources {
  private final Examples examples;
  private final Jobs jobs;

  ValueSources(Examples examples, Jobs jobs) {
    this.examples = examples;
    this.jobs = jobs;
  }

  /** The number of an example. */
  Value example(UsedModality modality, JsonPlace place) throws InvalidDataException {
    if (examples.size() == 0) {
      throw place.mustBe("given in another form, this server has no examples");
    }
    int number = place.whole(0, examples.size() - 1);
    if (!examples.has(number, modality)) {
      throw place.mustBe("an example that has '" + modality.key() + "'");
    }
    return examples.value(number, modality);
  }

  /** Which sample of which job; another key of the same source will do. */
  Value result(UsedModality modality, JsonPlace place) throws InvalidDataException {
    place.onlyKeys(Set.of("job", "key", "sample"));
    Job job = jobs.get(place.get("job").text());
    JsonPlace key = place.get("key");
    List<ShownValue> values =
        job.results(key.text())
            .orElseThrow(() -> key.mustBe("an output of job " + job.id() + " that has finished"));
    ShownValue shown = values.get(place.get("sample").whole(0, values.size() - 1));
    if (!shown.modality().source().equals(modality.source())) {
      throw key.mustBe("an output of the source '" + modality.source() + "'");
    }
    return shown.value();
  }
}
