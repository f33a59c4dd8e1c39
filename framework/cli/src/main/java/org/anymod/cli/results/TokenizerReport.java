package org.anymod.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.anymod.cli.report.ReportCell;
import org.anymod.cli.report.ReportModel;
import org.anymod.cli.report.ReportSection;
import org.anymod.cli.report.ReportSection.Scale;

/** The report of trained tokenizers: reconstructions, curves, use of the codes. */
public final class TokenizerReport {
  private static final int SHOWN = 6;
  private static final int CHECKS_SHOWN = 3;

  private final String run;
  private final List<Part> parts = new ArrayList<>();

  private record Part(
      TokenizerStudy study, List<JsonNode> log, SortedMap<Long, BufferedImage> checks) {
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
   * @param logs folder of logs, where pictures of checks are looked for
   * @throws IOException if a picture cannot be read
   */
  public void add(TokenizerStudy study, List<JsonNode> log, Path logs) throws IOException {
    SortedMap<Long, BufferedImage> checks =
        CheckPictures.some(logs, study.modality(), CHECKS_SHOWN);
    parts.add(new Part(study, List.copyOf(log), checks));
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
    parts.stream()
        .filter(part -> !part.checks().isEmpty())
        .map(this::course)
        .forEach(sections::add);
    addCurves(sections, "loss", "Loss", Scale.LOGARITHMIC);
    addCurves(sections, "perplexity", "Perplexity of the codes in training", Scale.LINEAR);
    addCurves(sections, "dead", "Dead codes that were given a new place", Scale.LINEAR);
    addCurves(sections, "check/skill", "Skill on unseen samples in training", Scale.LINEAR);
    addCurves(sections, "check/ema/skill", "The same with averaged weights", Scale.LINEAR);
    addCurves(sections, "check/used", "Share of the codes used on unseen samples", Scale.LINEAR);
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
      if (!Double.isNaN(part.study().skill())) {
        node.put("skill", part.study().skill());
      }
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
              Numbers.figure(study.skill()),
              String.join(", ", figures)));
    }
    return new ReportSection.Table(
        "Overview",
        "Codes used, their perplexity and the figures of reconstructions are measured on unseen"
            + " samples. Skill is 1 - error / error of the best constant answer: 0 for the mean"
            + " predictor, 1 for reconstructions without loss.",
        List.of("Key", "Family", "Numbers", "Codes", "Used", "Perplexity", "Skill", "Figures"),
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

  private ReportSection course(Part part) {
    List<String> columns = new ArrayList<>();
    List<ReportCell> cells = new ArrayList<>();
    part.checks()
        .forEach(
            (step, picture) -> {
              columns.add("step " + step);
              cells.add(new ReportCell.Picture(picture, ""));
            });
    return new ReportSection.PictureGrid(
        part.key() + " in training",
        "Originals in the first row of each picture, reconstructions below.",
        columns,
        List.of(new ReportSection.PictureRow("checks", cells)));
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
