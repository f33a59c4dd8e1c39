package org.anymod.cli.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.cli.report.ReportCell;
import org.anymod.cli.report.ReportSection;
import org.anymod.core.evaluation.Evaluation.Pair;
import org.anymod.core.evaluation.Evaluation.Shown;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Value;

/** Samples as pictures: the truth in the first row, below it what each input alone led to. */
final class SampleGrids {
  private final ModalitySet modalities;
  private final SkillTable table;

  /** Columns: one for each source, by label; the key whose truth is shown. */
  private final Map<String, String> columns = new LinkedHashMap<>();

  SampleGrids(ModalitySet modalities, SkillTable table) {
    this.modalities = modalities;
    this.table = table;
    table.inputs().stream()
        .filter(axis -> axis.keys().size() == 1)
        .forEach(axis -> columns.putIfAbsent(axis.label(), axis.key()));
    table.outputs().forEach(axis -> columns.putIfAbsent(axis.label(), axis.key()));
  }

  ReportSection grid(Shown shown) {
    List<ReportSection.PictureRow> rows = new ArrayList<>();
    List<ReportCell> truth = new ArrayList<>();
    for (String key : columns.values()) {
      truth.add(cell(key, shown.truths().get(key), ""));
    }
    rows.add(new ReportSection.PictureRow("truth", truth));
    for (SkillTable.Axis input : table.inputs()) {
      rows.add(new ReportSection.PictureRow("from " + input.label(), predictions(input, shown)));
    }
    return new ReportSection.PictureGrid(
        "Sample " + shown.name(), "", List.copyOf(columns.keySet()), rows);
  }

  private List<ReportCell> predictions(SkillTable.Axis input, Shown shown) {
    List<ReportCell> cells = new ArrayList<>();
    for (String column : columns.keySet()) {
      String key = columns.get(column);
      if (column.equals(input.label()) || input.keys().contains(key)) {
        cells.add(cell(key, shown.truths().get(key), "given"));
      } else {
        cells.add(prediction(input.label() + "->" + column, shown));
      }
    }
    return cells;
  }

  private ReportCell prediction(String name, Shown shown) {
    Pair pair = table.pairs().get(name);
    if (pair == null) {
      return new ReportCell.Blank();
    }
    return cell(pair.output(), shown.predictions().get(pair.name()), "");
  }

  private ReportCell cell(String key, Value value, String caption) {
    UsedModality modality = modalities.get(key);
    return value == null ? new ReportCell.Blank() : Views.cell(modality, value, caption);
  }
}
