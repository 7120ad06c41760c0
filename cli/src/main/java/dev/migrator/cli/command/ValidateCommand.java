package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "validate", description = "Check manifests offline; lists all findings at once.")
public final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private PolicyOptions policies;

    @Parameters(paramLabel = "DIR", description = "folder with manifests")
    private Path folder;

    @Override
    public Integer call() {
        var bundle = Inputs.load(folder, terminal);
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var judged = policies.judge(bundle.get());
        Inputs.report(judged, terminal);
        if (judged.stream().anyMatch(Finding::stops)) {
            return ExitCode.REFUSED;
        }
        var digest = bundle.get().digest();
        if (terminal.json()) {
            terminal.print(Value.object(
                    "valid", Value.of(true),
                    "resources", Value.of(bundle.get().resources().size()),
                    "digest", Value.of(digest.toString())));
        } else {
            terminal.print("valid: " + bundle.get().resources().size() + " resources, bundle " + digest.brief());
        }
        return ExitCode.OK;
    }
}
