package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.cli.direct.Sides;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Comparison;
import dev.migrator.manifests.Manifests;
import dev.migrator.manifests.export.Exporter;
import dev.migrator.manifests.imports.ImportFormat;
import dev.migrator.manifests.imports.Imported;
import dev.migrator.schemachecks.SchemaChecks;
import dev.migrator.target.TargetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Turn another tool's files into manifests, and say what was not understood.",
            "With --target or --check it also shows what differs from what is there, and reads from there what the tool"
                    + " leaves to the broker."
        })
public final class ImportCommand implements Callable<Integer> {
    /** For the help. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ImportFormat.values()).map(ImportFormat::word).iterator();
        }
    }

    @Mixin
    private Terminal terminal;

    @Mixin
    private DirectOptions direct;

    @Parameters(paramLabel = "PATH", description = "a file, or a folder whose files are all read")
    private Path path;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FORMAT",
            completionCandidates = Words.class,
            description = "one of ${COMPLETION-CANDIDATES}")
    private String from;

    @Option(
            names = {"-d", "--dir"},
            required = true,
            paramLabel = "DIR",
            description = "write a file for each manifest into this empty or new folder")
    private Path folder;

    @Option(
            names = "--check",
            paramLabel = "ENV",
            description =
                    "compare with this environment, as in environments.yaml; --target compares with a targets file")
    private String environment;

    @Option(
            names = "--project",
            defaultValue = "default",
            paramLabel = "NAME",
            description = "owner of what is imported")
    private String project;

    @Option(names = "--exit-code", description = "exit with 2 when the manifests differ from what is there")
    private boolean differencesInExitCode;

    @Override
    public Integer call() throws IOException, TargetException {
        var source = direct.given() || environment != null
                ? Optional.of(direct.source(environment))
                : Optional.<DirectEnvironment>empty();
        var live = source.isPresent() ? Optional.of(Sides.live(source.get())) : Optional.<Comparison.Side.Live>empty();
        var imported = Imported.read(
                format(),
                path,
                live.<Map<EntryKey, EntryState>>map(Comparison.Side.Live::states)
                        .orElse(Map.of()));
        Inputs.report(imported.findings(), terminal);
        if (imported.failed()) {
            return ExitCode.REFUSED;
        }
        var exported = Exporter.export(imported.entries(), project, SchemaChecks.standard());
        Inputs.report(exported.leftOut(), terminal);
        ManifestFolder.write(exported, folder, terminal);
        return live.isPresent() ? compare(live.get(), source.get()) : ExitCode.OK;
    }

    private int compare(Comparison.Side.Live live, DirectEnvironment source) {
        var bundle = Manifests.load(folder).bundle();
        return bundle.map(written -> Comparing.print(
                        Comparison.between(
                                Sides.declared(
                                        written.resolve(source.environment().name())
                                                .resources()),
                                live),
                        "dir:" + folder,
                        source.shownAs(),
                        terminal,
                        differencesInExitCode))
                .orElse(ExitCode.REFUSED);
    }

    private ImportFormat format() {
        return Arrays.stream(ImportFormat.values())
                .filter(format -> format.word().equals(from))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of("IMP-FORMAT", "this format cannot be imported")
                        .expected("one of "
                                + Arrays.stream(ImportFormat.values())
                                        .map(ImportFormat::word)
                                        .collect(Collectors.joining(", ")))
                        .found(from)));
    }
}
