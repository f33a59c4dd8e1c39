package org.anymod.cli.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anymod.cli.report.ReportCell;
import org.anymod.cli.report.ReportModel;
import org.anymod.cli.report.ReportSection;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.retrieval.RetrievalEvaluation;
import org.anymod.core.retrieval.RetrievalEvaluation.Found;
import org.anymod.core.retrieval.RetrievalEvaluation.Query;
import org.anymod.core.retrieval.RetrievalEvaluation.Shown;

/** How well samples are found again, as sections of a report. */
public final class RetrievalReport {
  private static final String RECALL = "recall@";

  private final ModalitySet modalities;
  private final RetrievalEvaluation evaluation;

  /**
   * Creates the sections of an evaluation.
   *
   * @param modalities modalities of the run
   * @param evaluation what was measured
   */
  public RetrievalReport(ModalitySet modalities, RetrievalEvaluation evaluation) {
    this.modalities = modalities;
    this.evaluation = evaluation;
  }

  /**
   * Puts the sections behind those of a report.
   *
   * @param model the report
   * @return the longer report
   */
  public ReportModel after(ReportModel model) {
    List<ReportSection> sections = new ArrayList<>(model.sections());
    sections.add(table());
    if (evaluation.face().isPresent()) {
      evaluation.queries().forEach(query -> addGrid(sections, query));
    }
    return new ReportModel(model.title(), model.summary(), model.facts(), sections);
  }

  /**
   * Returns the figures for programs: {@code queries} by name with {@code recall@k}, {@code
   * median_rank} and {@code mean_reciprocal_rank}, {@code chance} and {@code tokenizer} with the
   * same, and what they belong to.
   *
   * @return a tree of maps, texts and numbers
   */
  public Map<String, Object> data() {
    Map<String, Object> queries = new LinkedHashMap<>();
    evaluation.queries().forEach(query -> queries.put(query.name(), figures(query)));
    Map<String, Object> chance = new LinkedHashMap<>();
    evaluation.cuts().forEach(cut -> chance.put(RECALL + cut, evaluation.chance(cut)));
    chance.put("median_rank", evaluation.chanceRank());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("embedding", evaluation.embedding());
    data.put("gallery", evaluation.gallery());
    data.put("similarity", evaluation.similarity());
    data.put("samples", evaluation.samples());
    data.put("queries", queries);
    data.put("chance", chance);
    evaluation.bound().ifPresent(bound -> data.put("tokenizer", figures(bound)));
    return data;
  }

  private static Map<String, Object> figures(Query query) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("asked", query.asked());
    query.recall().forEach((cut, recall) -> figures.put(RECALL + cut, recall));
    figures.put("median_rank", query.medianRank());
    figures.put("mean_reciprocal_rank", query.meanReciprocalRank());
    return figures;
  }

  private ReportSection table() {
    List<String> columns = new ArrayList<>(List.of("From"));
    evaluation.cuts().forEach(cut -> columns.add(RECALL + cut));
    columns.addAll(List.of("median rank", "mean 1/rank"));
    List<List<String>> rows = new ArrayList<>();
    evaluation.queries().forEach(query -> rows.add(row(query)));
    List<String> chance = new ArrayList<>(List.of("chance"));
    evaluation.cuts().forEach(cut -> chance.add(share(evaluation.chance(cut))));
    chance.addAll(List.of(rank(evaluation.chanceRank()), "–"));
    rows.add(chance);
    evaluation.bound().ifPresent(bound -> rows.add(row(bound)));
    String gallery =
        evaluation.gallery().equals("files")
            ? "true embeddings"
            : "embeddings predicted from " + evaluation.gallery();
    return new ReportSection.Table(
        "Finding samples again",
        "An embedding, "
            + evaluation.embedding()
            + ", is predicted from one sample's data and looked up among the "
            + gallery
            + " of "
            + Numbers.count(evaluation.samples())
            + " unseen samples. recall@k is the share of queries whose own sample is among the k"
            + " most alike ("
            + evaluation.similarity()
            + "); ties are counted as in random order.",
        columns,
        rows);
  }

  private static List<String> row(Query query) {
    List<String> row = new ArrayList<>(List.of(query.name()));
    query.recall().values().forEach(recall -> row.add(share(recall)));
    row.add(rank(query.medianRank()));
    row.add(share(query.meanReciprocalRank()));
    return row;
  }

  private void addGrid(List<ReportSection> sections, Query query) {
    List<Shown> shown =
        evaluation.shown().stream().filter(s -> s.query().equals(query.name())).toList();
    if (shown.isEmpty()) {
      return;
    }
    UsedModality face = modalities.get(evaluation.face().orElseThrow());
    List<String> columns = new ArrayList<>(List.of("own"));
    for (int i = 1; i <= shown.get(0).found().size(); i++) {
      columns.add(Integer.toString(i));
    }
    List<ReportSection.PictureRow> rows = new ArrayList<>();
    for (Shown sample : shown) {
      List<ReportCell> cells = new ArrayList<>();
      cells.add(Views.cell(face, sample.face(), "rank " + rank(sample.rank())));
      for (Found found : sample.found()) {
        String own = found.sample().equals(sample.sample()) ? "own, " : "";
        cells.add(Views.cell(face, found.face(), own + share(found.score())));
      }
      rows.add(new ReportSection.PictureRow(sample.sample(), cells));
    }
    sections.add(new ReportSection.PictureGrid("Nearest from " + query.name(), "", columns, rows));
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String rank(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
