package org.anymod.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anymod.cli.report.ReportCell;
import org.anymod.cli.report.ReportModel;
import org.anymod.cli.report.ReportSection;
import org.anymod.cli.report.ReportSection.Scale;

/** The report of trained tokenizers: reconstructions, curves, use of the codes. */
public final class TokenizerReport {
  private static final int SHOWN = 6;

  private final String run;
  private final List<Part> parts = new ArrayList<>();

  private record Part(TokenizerStudy study, List<JsonNode> log) {
    String key() {
      return study.modality().key();
    }
  }

  /**
   * Starts a report.
   *
   * @param run name of the run
   */
  public TokenizerReport(String run) {
    this.run = run;
  }

  /**
   * Adds a tokenizer.
   *
   * @param study what was measured
   * @param log lines of its training log, possibly none
   */
  public void add(TokenizerStudy study, List<JsonNode> log) {
    parts.add(new Part(study, List.copyOf(log)));
  }

  /**
   * Returns the report for people.
   *
   * @return the page
   */
  public ReportModel page() {
    List<ReportSection> sections = new ArrayList<>();
    sections.add(overview());
    parts.forEach(part -> sections.add(pictures(part)));
    addCurves(sections, "loss", "Loss", Scale.LOGARITHMIC);
    addCurves(sections, "perplexity", "Perplexity of the codes in training", Scale.LINEAR);
    return new ReportModel(
        run + ": tokenizers",
        "What is lost between a value and its tokens. A model that predicts tokens cannot do better"
            + " than the reconstructions shown here.",
        List.of(),
        sections);
  }

  /**
   * Returns the report for programs.
   *
   * @return figures by model key
   */
  public Map<String, Object> data() {
    Map<String, Object> tokenizers = new LinkedHashMap<>();
    for (Part part : parts) {
      CodebookUse use = part.study().use();
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("identity", part.study().identity());
      node.put("samples", part.study().roundTrip().originals().size());
      node.put("figures", part.study().roundTrip().figures());
      node.put("codes", use.codes());
      node.put("used", use.used());
      node.put("perplexity", use.perplexity());
      tokenizers.put(part.key(), node);
    }
    return Map.of("tokenizers", tokenizers);
  }

  private ReportSection overview() {
    List<List<String>> rows = new ArrayList<>();
    for (Part part : parts) {
      TokenizerStudy study = part.study();
      CodebookUse use = study.use();
      List<String> figures = new ArrayList<>();
      study
          .roundTrip()
          .figures()
          .forEach((name, value) -> figures.add(name + " " + Numbers.figure(value)));
      rows.add(
          List.of(
              part.key(),
              study.family(),
              Numbers.count(study.numbers()),
              Integer.toString(use.codes()),
              String.format(Locale.ROOT, "%.1f %%", 100.0 * use.used() / use.codes()),
              Numbers.figure(use.perplexity()),
              String.join(", ", figures)));
    }
    return new ReportSection.Table(
        "Overview",
        "Codes used, their perplexity and the figures of reconstructions are measured on unseen"
            + " samples.",
        List.of("Key", "Family", "Numbers", "Codes", "Used", "Perplexity", "Figures"),
        rows);
  }

  private static ReportSection pictures(Part part) {
    RoundTrip trip = part.study().roundTrip();
    int count = Math.min(SHOWN, trip.originals().size());
    List<ReportCell> originals = new ArrayList<>();
    List<ReportCell> back = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(Integer.toString(i + 1));
      originals.add(Views.cell(part.study().modality(), trip.originals().get(i), ""));
      back.add(Views.cell(part.study().modality(), trip.reconstructions().get(i), ""));
    }
    return new ReportSection.PictureGrid(
        part.key(),
        "",
        columns,
        List.of(
            new ReportSection.PictureRow("original", originals),
            new ReportSection.PictureRow("reconstruction", back)));
  }

  private void addCurves(List<ReportSection> sections, String figure, String title, Scale scale) {
    List<ReportSection.Curve> curves =
        parts.stream()
            .map(part -> Curves.of(part.key(), part.log(), figure))
            .filter(curve -> curve.x().length > 0)
            .toList();
    if (!curves.isEmpty()) {
      sections.add(new ReportSection.Chart(title, "", "step", figure, scale, curves));
    }
  }
}
