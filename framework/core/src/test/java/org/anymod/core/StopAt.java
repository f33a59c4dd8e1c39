package org.anymod.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Notes messages, and asks to stop as soon as enough is done. */
public class StopAt implements Progress {
  private final long enough;
  private final StopSignal signal = new StopSignal();
  private final List<String> messages = new ArrayList<>();

  public StopAt(long enough) {
    this.enough = enough;
  }

  public final StopSignal signal() {
    return signal;
  }

  public final List<String> messages() {
    return Collections.unmodifiableList(messages);
  }

  @Override
  public void start(String task, long total, String unit) {}

  @Override
  public void advance(long done, String note) {
    if (done >= enough) {
      signal.request();
    }
  }

  @Override
  public void finish() {}

  @Override
  public void message(String line) {
    messages.add(line);
  }
}
