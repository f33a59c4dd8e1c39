package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anymod doctor}. */
@Command(
    name = "doctor",
    description = {
      "Check that this machine can run everything: Java, memory, disk, telemetry,",
      "the engine with its native library and devices, and the plugins.",
      "Ends with 1 if something is broken."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;
  @Mixin private PluginOptions plugins;

  record Report(String version, boolean healthy, List<Finding> findings) {}

  @Override
  public Integer call() throws JsonProcessingException {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(MachineCheck.findings());
    findings.addAll(EngineCheck.findings());
    findings.addAll(PluginCheck.findings(plugins));
    boolean healthy = findings.stream().noneMatch(f -> f.status() == Finding.Status.BROKEN);
    Report report = new Report(Version.ofProgram(), healthy, findings);
    output.write(report, out -> print(report, out));
    return healthy ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void print(Report report, PrintWriter out) {
    TextTable table = new TextTable();
    table.row("ok", "anymod", report.version());
    for (Finding finding : report.findings()) {
      table.row(
          finding.status().name().toLowerCase(Locale.ROOT), finding.subject(), finding.detail());
      if (!finding.advice().isEmpty()) {
        table.row("", "", "-> " + finding.advice());
      }
    }
    table.print(out);
    out.println(report.healthy() ? "All is well." : "Something is broken, see above.");
  }
}
