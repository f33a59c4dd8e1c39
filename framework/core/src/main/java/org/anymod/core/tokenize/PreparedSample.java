package org.anymod.core.tokenize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.data.Entry;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.spi.Value;

/**
 * A sample on its way to the shards: files that are ready, and cropped values that wait for their
 * tokenizer.
 *
 * @param name name of the sample
 * @param entries files by model key
 * @param values values of each crop by model key
 */
record PreparedSample(String name, Map<String, Entry> entries, Map<String, List<Value>> values) {

  PreparedSample(String name) {
    this(name, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  void put(String key, NpyArray array) {
    entries.put(key, new Entry(name + ".npy", Npy.write(array)));
  }
}
