package dev.migrator.cli.command;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.present.PlanFrame;
import dev.migrator.core.present.PlanHtml;
import dev.migrator.core.present.PlanJson;
import dev.migrator.core.present.PlanMarkdown;
import dev.migrator.core.present.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** A plan as a file: for a pull request, for a browser, for a machine. */
final class PlanReport {
    private static final String FORMS = "a name that ends in .md, .html, .json or .txt";

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "also write the plan to FILE, in the form that its name says: .md for a pull request, .html"
                    + " (a page of its own), .json (plan.schema.json) or .txt")
    private Path file;

    private enum Form {
        MD,
        HTML,
        JSON,
        TXT
    }

    /** Before anything is asked: a form that is not known would else come to light at the end. */
    void check() {
        if (asked()) {
            form();
        }
    }

    boolean asked() {
        return file != null;
    }

    /** Writes the file if one was asked for. */
    void write(Plan plan, PlanFrame frame) {
        if (!asked()) {
            return;
        }
        var text = switch (form()) {
            case MD -> PlanMarkdown.of(plan, frame);
            case HTML -> PlanHtml.of(plan, frame);
            case JSON -> PlanJson.text(plan, frame);
            case TXT -> PlanText.of(plan, frame).plain();
        };
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("CLI-REPORT", "the report cannot be written")
                            .about(file.toString())
                            .expected("a file in a folder that is there")
                            .found(e.getClass().getSimpleName()),
                    e);
        }
    }

    private Form form() {
        var name = file.getFileName() == null ? "" : file.getFileName().toString();
        try {
            return Form.valueOf(name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.of("CLI-REPORT", "the report cannot be written")
                    .about(file.toString())
                    .expected(FORMS)
                    .found(name.isEmpty() ? "no name" : name));
        }
    }
}
