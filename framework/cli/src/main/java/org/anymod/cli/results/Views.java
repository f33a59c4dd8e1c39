package org.anymod.cli.results;

import org.anymod.cli.report.ReportCell;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/** Values as their plugins show them. */
final class Views {
  private Views() {}

  static ReportCell cell(UsedModality modality, Value value, String caption) {
    Rendering rendering = modality.modality().renderer().render(value);
    if (rendering instanceof Rendering.Picture picture) {
      return new ReportCell.Picture(picture.image(), caption);
    }
    String text = ((Rendering.Words) rendering).text();
    return new ReportCell.Words(text.isBlank() ? "(empty)" : text);
  }
}
