package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.present.StyledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evidence",
        description = "What was found out about exactly one bundle, e.g. by test runs: policies can ask for it.",
        subcommands = {EvidenceCommand.Add.class, EvidenceCommand.ListAll.class})
public final class EvidenceCommand {
    /** Largest file that is read, in bytes; the service takes less. */
    private static final int MOST_BYTES = 1 << 20;

    private EvidenceCommand() {}

    @Command(
            name = "add",
            description = {
                "Add evidence about a bundle; it is kept with who added it and when, and never changes.",
                "",
                "  migrator evidence add sha256:4be2... --file result.json --kind load-test",
                ""
            })
    static final class Add implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Parameters(paramLabel = "DIGEST", description = "of the bundle, as package prints it")
        private String bundle;

        @Option(
                names = "--file",
                required = true,
                paramLabel = "FILE",
                description = "a JSON object of at most 64 KiB; policies see its members, e.g. {\"passed\": true}")
        private Path file;

        @Option(
                names = "--kind",
                paramLabel = "NAME",
                defaultValue = "test-run",
                description = "what it is about (default: ${DEFAULT-VALUE})")
        private String kind;

        @Override
        public Integer call() {
            var kept = service.api().addEvidence(digest(bundle), kind, facts());
            if (terminal.json()) {
                terminal.print(kept);
            } else {
                terminal.print("added " + line(kept));
            }
            return ExitCode.OK;
        }

        private Value.Obj facts() {
            try {
                if (Files.size(file) > MOST_BYTES) {
                    throw notFacts(Files.size(file) + " bytes", null);
                }
                if (CanonicalJson.parse(Files.readAllBytes(file)) instanceof Value.Obj facts) {
                    return facts;
                }
                throw notFacts("JSON that is no object", null);
            } catch (IOException e) {
                throw notFacts(e.getClass().getSimpleName(), e);
            } catch (ProblemException e) {
                if (e.problem().code().equals("CLI-EVIDENCE")) {
                    throw e;
                }
                throw notFacts(e.problem().message() + ": " + e.problem().found(), e);
            }
        }

        private ProblemException notFacts(String found, Exception cause) {
            return new ProblemException(
                    Problem.of("CLI-EVIDENCE", "the file is no evidence; nothing was added")
                            .about(file.toString())
                            .expected("a JSON object of at most 64 KiB, e.g. {\"passed\": true}")
                            .found(found),
                    cause);
        }
    }

    @Command(name = "list", description = "Show all evidence about a bundle, in the order in which it was added.")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Parameters(paramLabel = "DIGEST", description = "of the bundle")
        private String bundle;

        @Override
        public Integer call() {
            var all = service.api().evidence(digest(bundle));
            var items = ((Value.Arr) all.get("items")).items();
            if (terminal.json()) {
                terminal.print(all);
            } else if (items.isEmpty()) {
                terminal.print("no evidence about this bundle");
            } else {
                items.forEach(item -> terminal.print(line((Value.Obj) item)));
            }
            return ExitCode.OK;
        }
    }

    /** {@code load-test  sha256:…  by ci at 2026-11-26T12:00:00Z  passed=true}. */
    private static String line(Value.Obj evidence) {
        var facts = evidence.fields().entrySet().stream()
                .filter(member -> !Set.of("at", "by", "digest", "kind").contains(member.getKey()))
                .map(member -> member.getKey() + "=" + CanonicalJson.text(member.getValue()))
                .collect(Collectors.joining(" "));
        var line = text(evidence, "kind") + "  " + text(evidence, "digest") + "  by " + text(evidence, "by") + " at "
                + text(evidence, "at") + "  " + facts;
        return StyledText.harmless(line).stripTrailing();
    }

    private static String text(Value.Obj evidence, String name) {
        return ((Value.Text) evidence.get(name)).value();
    }

    private static String digest(String text) {
        try {
            return Digest.parse(text).toString();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of("CLI-EVIDENCE", "this is no bundle's digest; nothing was added")
                            .about("DIGEST")
                            .expected("sha256: and 64 hex digits, as migrator package DIR prints")
                            .found(text.substring(0, Math.min(100, text.length()))),
                    e);
        }
    }
}
