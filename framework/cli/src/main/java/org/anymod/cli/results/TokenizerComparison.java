package org.anymod.cli.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anymod.cli.report.ReportCell;
import org.anymod.cli.report.ReportModel;
import org.anymod.cli.report.ReportSection;

/** Tokenizers of several runs, side by side on the same unseen samples. */
public final class TokenizerComparison {
  private static final int SHOWN = 8;

  private final Map<String, TokenizerStudy> studies = new LinkedHashMap<>();

  /**
   * Adds a tokenizer.
   *
   * @param name name of its run
   * @param study what was measured, on the same samples as all others
   * @throws IllegalArgumentException if the name occurs twice or the number of samples differs
   */
  public void add(String name, TokenizerStudy study) {
    for (TokenizerStudy other : studies.values()) {
      if (samples(other) != samples(study)) {
        throw new IllegalArgumentException(
            name + " is measured on " + samples(study) + " samples, others on " + samples(other));
      }
    }
    if (studies.putIfAbsent(name, study) != null) {
      throw new IllegalArgumentException("two runs are named '" + name + "'; rename one");
    }
  }

  private static int samples(TokenizerStudy study) {
    return study.roundTrip().originals().size();
  }

  /**
   * Returns the report for people.
   *
   * @return the page
   */
  public ReportModel page() {
    return new ReportModel(
        "Tokenizers side by side",
        "The same unseen samples through each tokenizer and back.",
        List.of(),
        List.of(overview(), pictures()));
  }

  /**
   * Returns the report for programs.
   *
   * @return figures by name of the run
   */
  public Map<String, Object> data() {
    Map<String, Object> runs = new LinkedHashMap<>();
    studies.forEach(
        (name, study) -> {
          Map<String, Object> node = new LinkedHashMap<>();
          node.put("tokens", tokens(study));
          node.put("codes", study.use().codes());
          node.put("used", study.use().used());
          node.put("numbers", study.numbers());
          if (!Double.isNaN(study.skill())) {
            node.put("skill", study.skill());
          }
          node.put("figures", study.roundTrip().figures());
          runs.put(name, node);
        });
    return runs;
  }

  private static int tokens(TokenizerStudy study) {
    return study.roundTrip().tokens()[0].length;
  }

  private ReportSection overview() {
    List<List<String>> rows = new ArrayList<>();
    studies.forEach((name, study) -> rows.add(row(name, study)));
    return new ReportSection.Table(
        "Overview",
        "Bits are tokens times the logarithm of the number of codes: what a value is brought down to.",
        List.of("Run", "Tokens", "Codes", "Bits", "Used", "Numbers", "Skill", "Figures"),
        rows);
  }

  private static List<String> row(String name, TokenizerStudy study) {
    List<String> figures = new ArrayList<>();
    study
        .roundTrip()
        .figures()
        .forEach((figure, value) -> figures.add(figure + " " + Numbers.figure(value)));
    int codes = study.use().codes();
    return List.of(
        name,
        Integer.toString(tokens(study)),
        Integer.toString(codes),
        Numbers.figure(tokens(study) * Math.log(codes) / Math.log(2)),
        String.format(Locale.ROOT, "%.1f %%", 100.0 * study.use().used() / codes),
        Numbers.count(study.numbers()),
        Numbers.figure(study.skill()),
        String.join(", ", figures));
  }

  private ReportSection pictures() {
    List<ReportSection.PictureRow> rows = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    studies.forEach(
        (name, study) -> {
          int count = Math.min(SHOWN, samples(study));
          List<ReportCell> originals = new ArrayList<>();
          List<ReportCell> back = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            originals.add(Views.cell(study.modality(), study.roundTrip().originals().get(i), ""));
            back.add(Views.cell(study.modality(), study.roundTrip().reconstructions().get(i), ""));
          }
          if (rows.isEmpty()) {
            rows.add(new ReportSection.PictureRow("original", originals));
            for (int i = 0; i < count; i++) {
              columns.add(Integer.toString(i + 1));
            }
          }
          rows.add(new ReportSection.PictureRow(name, back));
        });
    return new ReportSection.PictureGrid("Reconstructions", "", columns, rows);
  }
}
