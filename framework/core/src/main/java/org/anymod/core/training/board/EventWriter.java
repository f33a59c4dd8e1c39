package org.anymod.core.training.board;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;

/**
 * Writes scalar figures for TensorBoard: one event file for each session of a training. A session
 * that resumes says so, whereupon TensorBoard drops what older files hold of later steps.
 */
public final class EventWriter implements Closeable {
  // Fields of tensorflow.Event, Summary, Summary.Value and SessionLog.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;
  private static final int SESSION_STATUS = 1;
  private static final int SESSION_START = 1;
  private static final double MILLIS = 1000;

  private final OutputStream out;

  private EventWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Opens the event file of a session.
   *
   * @param folder folder of event files, made if it is not there
   * @param step steps done before the session
   * @return the writer
   * @throws IOException if the file cannot be written
   */
  public static EventWriter open(Path folder, long step) throws IOException {
    Files.createDirectories(folder);
    String name =
        String.format(
            Locale.ROOT,
            "events.out.tfevents.%010d.%d.anymod",
            System.currentTimeMillis() / 1000,
            ProcessHandle.current().pid());
    EventWriter writer =
        new EventWriter(
            Files.newOutputStream(
                folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    writer.write(event().text(FILE_VERSION, "brain.Event:2"));
    if (step > 0) {
      // TensorBoard drops steps from this one on.
      writer.write(
          event()
              .number(STEP, step + 1)
              .message(SESSION_LOG, new ProtoMessage().number(SESSION_STATUS, SESSION_START)));
    }
    return writer;
  }

  private static ProtoMessage event() {
    return new ProtoMessage().float64(WALL_TIME, System.currentTimeMillis() / MILLIS);
  }

  private void write(ProtoMessage event) throws IOException {
    out.write(RecordFrame.of(event.toBytes()));
    out.flush();
  }

  /**
   * Adds the figures of a step.
   *
   * @param step number of the step, from 1
   * @param prefix what the tags begin with
   * @param figures numbers by name
   * @throws IOException if writing fails
   */
  public void add(long step, String prefix, Map<String, Double> figures) throws IOException {
    ProtoMessage summary = new ProtoMessage();
    figures.forEach(
        (name, value) ->
            summary.message(
                SUMMARY_VALUE,
                new ProtoMessage()
                    .text(VALUE_TAG, prefix + name)
                    .float32(VALUE_SIMPLE, value.floatValue())));
    write(event().number(STEP, step).message(SUMMARY, summary));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
