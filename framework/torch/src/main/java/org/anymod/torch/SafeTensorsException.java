package org.anymod.torch;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is no valid safetensors file. The message names the file and what is wrong. */
public final class SafeTensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  SafeTensorsException(Path file, String what) {
    super(file + " is no valid safetensors file: " + what);
  }
}
