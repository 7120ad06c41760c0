package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.Starters;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "new",
        description =
                "Write a first manifest with comments that say what goes where; it validates as it is. Never writes over"
                        + " a file.")
public final class NewCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Parameters(
            paramLabel = "KIND",
            description = "KafkaUser, Topic, Quota, Acl, Schema, SchemaGroup, RegistryRules, Subject, Connector, Role,"
                    + " RoleMember, Grant, External, TableRows, SmokeCheck, Variables, Overlay, Mapping or Project")
    private String kind;

    @Parameters(paramLabel = "NAME", description = "its metadata.name")
    private String name;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            defaultValue = "production",
            description = "which environment an Overlay or a Mapping is for (default: ${DEFAULT-VALUE})")
    private String environment;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "new file to write; a folder gets NAME.yaml (default: print it)")
    private Path file;

    @Override
    public Integer call() throws IOException {
        var text = Starters.of(Starters.kind(kind), name, environment);
        if (file == null) {
            print(text);
        } else {
            write(Files.isDirectory(file) ? file.resolve(name + ".yaml") : file, text);
        }
        return ExitCode.OK;
    }

    private void print(String text) {
        if (terminal.json()) {
            terminal.print(Value.object("text", Value.of(text)));
        } else {
            terminal.print(text.stripTrailing());
        }
    }

    private void write(Path to, String text) throws IOException {
        if (to.toAbsolutePath().getParent() instanceof Path folder) {
            Files.createDirectories(folder);
        }
        try {
            Files.writeString(to, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException _) {
            throw new ProblemException(Problem.of("CLI-FILE-THERE", "the file is there already; nothing was written")
                    .about(to.toString())
                    .expected("a new file")
                    .todo("choose another one"));
        }
        if (terminal.json()) {
            terminal.print(Value.object("file", Value.of(to.toString())));
        } else {
            terminal.print("wrote " + to + "\nNext: migrator validate " + to);
        }
    }
}
