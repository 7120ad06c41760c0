package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.ApiException;
import dev.migrator.cli.render.ProblemText;
import dev.migrator.cli.render.SnapshotText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.model.EntryKey;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a snapshot; its parts look at those that are there. */
@Command(
        name = "snapshot",
        description = {
            "With --env: have a snapshot taken of all that an environment holds, or one target of it, and wait for it.",
            "With a command: look at one that was taken. ID is its id as 'migrator snapshots' shows it, or what it was"
                    + " taken for if that is only one."
        },
        subcommands = {
            SnapshotCommand.Show.class,
            SnapshotCommand.Diff.class,
            SnapshotCommand.History.class,
            SnapshotCommand.Verify.class
        })
public final class SnapshotCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml")
    private String environment;

    @Option(names = "--target", paramLabel = "TARGET", description = "only this target of it")
    private String target;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "ends the snapshot's id; ordered twice under one id, it is taken once")
    private String id;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "longest wait for it (default: ${DEFAULT-VALUE}); it is taken all the same")
    private int timeout;

    @Override
    public Integer call() {
        if (environment == null) {
            throw new ProblemException(Problem.of("CLI-NO-ENVIRONMENT", "it is not said which environment")
                    .expected("--env ENV, or one of the commands show, diff, history and verify")
                    .found("nothing"));
        }
        var request = id == null ? "on-demand-" + UUID.randomUUID().toString().substring(0, 8) : id;
        var api = service.api();
        api.orderSnapshot(environment, request, Optional.ofNullable(target));
        var answer = awaited(api, request);
        if (terminal.json()) {
            terminal.print(answer);
        }
        if (answer.get("snapshot") instanceof Value.Obj snapshot) {
            if (!terminal.json()) {
                SnapshotText.summary(snapshot).forEach(terminal::print);
            }
            return ExitCode.OK;
        }
        if (!terminal.json()) {
            terminal.err().println(ProblemText.of(StatusJson.problemOf(answer.get("problem")), terminal.colors()));
            terminal.err().flush();
        }
        return ExitCode.REFUSED;
    }

    private Value.Obj awaited(Api api, String request) {
        var end = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        while (true) {
            var answer = api.orderedSnapshot(environment, request);
            if (!answer.get("state").equals(Value.of("WAITING"))) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw notYet(request);
            }
            pause();
        }
    }

    private ApiException notYet(String request) {
        return new ApiException(
                503,
                Problem.of("CLI-SNAPSHOT", "the snapshot is not there yet")
                        .about("order " + request)
                        .expected("a snapshot within " + timeout + " s")
                        .found("nothing yet; a target or the bucket may not answer, and it is tried until they do")
                        .todo("migrator snapshots --env " + environment),
                null);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a snapshot", e);
        }
    }

    @Command(name = "show", description = "What a snapshot is of; with an option that chooses, the entries themselves.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Parameters(paramLabel = "ID", description = "of the snapshot")
        private String id;

        @Option(names = "--target", paramLabel = "TARGET", description = "entries of this target")
        private String target;

        @Option(names = "--kind", paramLabel = "KIND", description = "entries of this kind, e.g. topic")
        private String kind;

        @Option(
                names = "--search",
                paramLabel = "TEXT",
                description = "entries with this text in their name, a field or a value, in any case")
        private String search;

        @Option(names = "--entries", description = "all entries")
        private boolean all;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "1000",
                description = "at most so many entries, up to 10000 (default: ${DEFAULT-VALUE})")
        private int limit;

        @Override
        public Integer call() {
            var api = service.api();
            if (!all && target == null && kind == null && search == null) {
                var summary = api.snapshot(id);
                terminal.show(summary, SnapshotText::summary);
                return ExitCode.OK;
            }
            var entries = api.snapshotEntries(
                    id, Optional.ofNullable(target), Optional.ofNullable(kind), Optional.ofNullable(search), limit);
            terminal.show(entries, SnapshotText::entries);
            return ExitCode.OK;
        }
    }

    @Command(name = "diff", description = "What is different in snapshot B, compared with snapshot A.")
    static final class Diff implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Parameters(index = "0", paramLabel = "A", description = "the earlier one")
        private String before;

        @Parameters(index = "1", paramLabel = "B", description = "the later one")
        private String after;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "1000",
                description = "at most so many entries, up to 10000 (default: ${DEFAULT-VALUE})")
        private int limit;

        @Option(names = "--exit-code", description = "exit with 2 when they differ")
        private boolean differencesInExitCode;

        @Override
        public Integer call() {
            var differences = service.api().compareSnapshots(before, after, limit);
            terminal.show(differences, SnapshotText::differences);
            boolean same = ((Value.Arr) differences.get("items")).items().isEmpty();
            return differencesInExitCode && !same ? ExitCode.CHANGES : ExitCode.OK;
        }
    }

    @Command(
            name = "history",
            description =
                    "The snapshots in which an entry is otherwise than in the one before, and the migrations that wrote"
                            + " it with their commits, newest first.")
    static final class History implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Option(
                names = {"--env", "--environment"},
                required = true,
                paramLabel = "ENV",
                description = "which environment, as in environments.yaml")
        private String environment;

        @Option(
                names = "--entry",
                required = true,
                paramLabel = "TARGET/KIND/ADDRESS",
                description = "e.g. kafka/topic/orders")
        private String entry;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "200",
                description = "looks at so many snapshots, up to 1000 (default: ${DEFAULT-VALUE})")
        private int limit;

        @Override
        public Integer call() {
            var history = service.api().entryHistory(environment, key(entry), limit);
            terminal.show(history, SnapshotText::history);
            return ExitCode.OK;
        }

        /** Addresses may hold slashes; targets and kinds do not. */
        private static EntryKey key(String text) {
            var parts = text.split("/", 3);
            if (parts.length < 3) {
                throw new ProblemException(Problem.of("CLI-SNAPSHOT", "this names no entry")
                        .about("--entry")
                        .expected("TARGET/KIND/ADDRESS, e.g. kafka/topic/orders")
                        .found(text));
            }
            return new EntryKey(parts[0], parts[1], parts[2]);
        }
    }

    @Command(
            name = "verify",
            description =
                    "Read all of a snapshot and compare every chunk with its digest; exits with 1 if it is broken.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Parameters(paramLabel = "ID", description = "of the snapshot")
        private String id;

        @Override
        public Integer call() {
            var verdict = service.api().verifySnapshot(id);
            boolean whole = verdict.get("whole").equals(Value.of(true));
            if (terminal.json()) {
                terminal.print(verdict);
            } else {
                terminal.print(SnapshotText.verdict(verdict));
                ((Value.Arr) verdict.get("problems"))
                        .items()
                        .forEach(problem ->
                                terminal.print(ProblemText.of(StatusJson.problemOf(problem), terminal.colors())));
            }
            return whole ? ExitCode.OK : ExitCode.ERROR;
        }
    }
}
