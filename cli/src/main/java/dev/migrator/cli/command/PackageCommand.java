package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "package",
        description = "Write the bundle of a folder: validated, same bytes for the same manifests anywhere.")
public final class PackageCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "folder with manifests")
    private Path folder;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "bundle.json",
            description = "where to (default: ${DEFAULT-VALUE})")
    private Path file;

    @Override
    public Integer call() throws IOException {
        var bundle = Inputs.load(folder, terminal);
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        Files.write(file, bundle.get().bytes());
        if (terminal.json()) {
            terminal.print(Value.object(
                    "file", Value.of(file.toString()),
                    "digest", Value.of(bundle.get().digest().toString())));
        } else {
            terminal.print(file + "  " + bundle.get().digest());
        }
        return ExitCode.OK;
    }
}
