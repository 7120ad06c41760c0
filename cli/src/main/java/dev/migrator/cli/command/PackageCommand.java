package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.git.Checkout;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "package",
        description = {
            "Write the bundle of a folder: validated, same bytes for the same commit on any machine.",
            "Beside it, in FILE.meta.json, goes where it comes from: commit, author, time, tool and digest."
        })
public final class PackageCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 10;

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

    @Option(
            names = "--commit",
            paramLabel = "COMMIT",
            description = "what the manifests come from; git is not asked (default: git's HEAD)")
    private String commit;

    @Option(
            names = "--allow-dirty",
            description = "package files that are not as in the commit; the commit then ends with -dirty")
    private boolean allowDirty;

    @Override
    public Integer call() throws IOException {
        var bundle = Inputs.load(folder, terminal);
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var envelope = commit == null ? fromGit(bundle.get()) : byHand(bundle.get());
        Files.write(file, bundle.get().bytes());
        Files.write(Envelope.beside(file), CanonicalJson.bytes(envelope.toValue()));
        if (terminal.json()) {
            terminal.print(Value.object(
                    "file", Value.of(file.toString()),
                    "envelope", Value.of(Envelope.beside(file).toString()),
                    "commit", Value.of(envelope.commit()),
                    "digest", Value.of(bundle.get().digest().toString())));
        } else {
            terminal.print(file + "  " + bundle.get().digest() + "  " + envelope.commit());
        }
        return ExitCode.OK;
    }

    private Envelope byHand(Bundle bundle) {
        if (!commit.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new ProblemException(Problem.of("CHG-COMMIT", "a commit has another shape")
                    .about("--commit")
                    .expected("1 to 64 letters, digits, dots, underscores and hyphens")
                    .found(commit));
        }
        return new Envelope(
                bundle.digest(),
                commit,
                Optional.empty(),
                Optional.empty(),
                MigratorCommand.VERSION,
                bundle.manifests());
    }

    private Envelope fromGit(Bundle bundle) {
        var checkout = Checkout.of(Inputs.folder(folder));
        if (checkout.dirty() && !allowDirty) {
            throw new ProblemException(
                    Problem.of("PKG-DIRTY", "files differ from the commit, so the bundle would not be the commit's")
                            .about("commit " + checkout.commit())
                            .expected("files as they were committed")
                            .found(shown(checkout))
                            .todo("commit or remove them; --allow-dirty packages them and marks the commit"));
        }
        return new Envelope(
                bundle.digest(),
                checkout.dirty() ? checkout.commit() + "-dirty" : checkout.commit(),
                Optional.of(checkout.author()),
                Optional.of(checkout.committedAt()),
                MigratorCommand.VERSION,
                bundle.manifests());
    }

    private static String shown(Checkout checkout) {
        var files = checkout.differing();
        var some = String.join(", ", files.stream().limit(MOST_SHOWN).toList());
        return files.size() > MOST_SHOWN ? some + " and " + (files.size() - MOST_SHOWN) + " more" : some;
    }
}
