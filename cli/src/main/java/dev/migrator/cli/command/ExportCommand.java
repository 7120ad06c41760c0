package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.LiveState;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.export.Exported;
import dev.migrator.manifests.export.Exporter;
import dev.migrator.target.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description =
                "Write manifests of what an environment holds; planning them against it changes nothing. Reads the"
                        + " targets directly, with read credentials, and needs no service.")
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml")
    private String environment;

    @Mixin
    private DirectOptions direct;

    @Option(
            names = "--project",
            defaultValue = "default",
            paramLabel = "NAME",
            description = "owner of what is exported")
    private String project;

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description = "write a file for each manifest into this empty or new folder (default: print them)")
    private Path folder;

    @Override
    public Integer call() throws IOException, TargetException {
        var source = direct.source(environment);
        var exported = Exporter.export(LiveState.of(source), project);
        Inputs.report(exported.leftOut(), terminal);
        if (folder == null) {
            print(exported);
        } else {
            write(exported);
            next();
        }
        return ExitCode.OK;
    }

    private void print(Exported exported) {
        if (terminal.json()) {
            var files = new java.util.TreeMap<String, Value>();
            exported.files().forEach((path, text) -> files.put(path, Value.of(text)));
            terminal.print(Value.object("files", Value.object(files)));
        } else {
            terminal.out().print(String.join("---\n", exported.files().values()));
            terminal.out().flush();
        }
    }

    private void write(Exported exported) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw new ProblemException(Problem.of("CLI-FOLDER", "the folder is not empty; nothing was written")
                            .about(folder.toString())
                            .expected("an empty or new folder")
                            .todo("choose another folder"));
                }
            }
        }
        for (var file : exported.files().entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        if (terminal.json()) {
            terminal.print(Value.object(
                    "folder", Value.of(folder.toString()),
                    "manifests", Value.of(exported.files().size())));
        } else {
            terminal.print(exported.files().size() + " manifests in " + folder);
        }
    }

    private void next() {
        if (!terminal.json()) {
            terminal.print("Next: migrator plan " + folder + direct.asGiven(environment));
        }
    }
}
