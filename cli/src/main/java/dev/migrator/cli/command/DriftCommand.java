package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.Sides;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Comparison;
import dev.migrator.core.plan.Operation;
import dev.migrator.manifests.patch.Patcher;
import dev.migrator.manifests.patch.Truth;
import dev.migrator.target.TargetException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drift",
        description = {
            "Without DIR: what is managed in an environment and is not as it was last applied, as the services see it.",
            "With DIR: where targets are not as the manifests say. Reads directly and writes nothing; knows no history,"
                    + " so a manifest that was never applied shows as well.",
            "With DIR and --adopt: how the manifests have to change to say what is there, as 'git apply' takes it; a value"
                    + " that comes from a variable, an overlay or a mapping is named and not guessed. What was meant and"
                    + " not applied yet shows there as well: look at it before --write."
        })
public final class DriftCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private DirectOptions direct;

    @Mixin
    private Service service;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..*",
            description = "folder with manifests; without it, the services are asked. With --ack: entries, as ADDRESS,"
                    + " KIND/ADDRESS or TARGET/KIND/ADDRESS; without any, all that differ")
    private List<String> arguments = List.of();

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml")
    private String environment;

    @Option(names = "--adopt", description = "with DIR: show how the manifests have to change to say what is there")
    private boolean adopt;

    @Mixin
    private PatchOutput output;

    @Option(names = "--check", description = "without DIR: have it looked at now, and wait for that")
    private boolean check;

    @Option(
            names = "--ack",
            description = "without DIR: silence what differs, until --until or until something else is found")
    private boolean acknowledge;

    @Option(names = "--reason", paramLabel = "TEXT", description = "with --ack: why it may stay for now")
    private String reason;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description =
                    "with --ack: from when on it shows again: a day (its beginning, UTC) or a time, e.g. 2026-12-24")
    private String until;

    @Option(
            names = "--revert",
            description = "without DIR: start a migration that puts back what was last applied, over what others have"
                    + " changed, whatever the environment decides about drift; a protected one asks for an approval")
    private boolean revert;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "with --revert: chosen id; twice under one id starts one migration")
    private String id;

    @Option(names = "--exit-code", description = "exit with 2 when there is drift")
    private boolean differencesInExitCode;

    @Override
    public Integer call() throws TargetException, IOException {
        if (revert) {
            return reverting();
        }
        if (id != null) {
            throw notAsked("--revert with --id", "no --revert");
        }
        if (acknowledge) {
            return acknowledged();
        }
        if (reason != null || until != null) {
            throw notAsked("--ack, with --reason and --until", "no --ack");
        }
        if (arguments.isEmpty()) {
            if (adopt || output.writes()) {
                throw notAsked("DIR, a folder with the manifests to change", "no DIR");
            }
            return throughTheServices();
        }
        if (output.writes() && !adopt) {
            throw notAsked("--adopt with --write", "no --adopt");
        }
        if (check || arguments.size() > 1) {
            throw notAsked("one DIR, without --check", check ? "DIR and --check" : arguments.size() + " of them");
        }
        return againstManifests(Path.of(arguments.getFirst()));
    }

    private int againstManifests(Path folder) throws TargetException, IOException {
        var bundle = Inputs.load(folder, terminal);
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var source = direct.source(environment);
        var resources = Inputs.resources(bundle.get(), source.name(), terminal);
        if (resources.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var comparison = Comparison.between(Sides.declared(resources.get()), Sides.live(source));
        if (adopt) {
            return output.finish(Patcher.patch(resources.get(), there(comparison)), terminal);
        }
        return Comparing.print(comparison, "dir:" + folder, source.shownAs(), terminal, differencesInExitCode);
    }

    /** Of what the manifests ask for and is otherwise. */
    private static Map<EntryKey, Truth> there(Comparison comparison) {
        var truths = new TreeMap<EntryKey, Truth>();
        comparison.differences().forEach(difference -> {
            var truth = switch (difference) {
                case Operation.Create(var _, var there) -> new Truth.There(there.fields());
                case Operation.Update(var _, var _, var there) -> new Truth.There(there.fields());
                case Operation.Delete _ -> new Truth.Gone();
            };
            truths.put(difference.key(), truth);
        });
        return truths;
    }

    private int throughTheServices() {
        var known = known();
        return known.print(check ? known.afterACheck() : known.now(), terminal, differencesInExitCode);
    }

    private int acknowledged() {
        if (check) {
            throw notAsked("--ack or --check", "both");
        }
        if (reason == null || reason.isBlank() || until == null) {
            throw notAsked("--ack with --reason TEXT and --until DATE", "one of them missing");
        }
        return known().acknowledge(arguments, reason, instant(until), terminal);
    }

    private int reverting() {
        if (acknowledge
                || adopt
                || check
                || reason != null
                || until != null
                || output.writes()
                || !arguments.isEmpty()) {
            throw notAsked("--env ENV --revert alone", "something else with it");
        }
        var known = known();
        var answer = known.api().revertDrift(environment, id == null ? ChangeCommand.newId(environment) : id);
        if (terminal.json()) {
            terminal.print(answer);
        } else {
            var started = ((Value.Text) answer.get("id")).value();
            terminal.print("started " + started + ": bundle " + ((Value.Text) answer.get("bundleDigest")).value()
                    + " of commit " + ((Value.Text) answer.get("commit")).value() + " again in " + environment);
            terminal.print("Next: migrator watch " + started);
        }
        return ExitCode.OK;
    }

    private KnownDrift known() {
        if (direct.given()) {
            throw notAsked(
                    "DIR, a folder with manifests to compare with; or --env ENV alone, to ask the services", "neither");
        }
        if (environment == null) {
            throw new ProblemException(Problem.of("CLI-NO-ENVIRONMENT", "it is not said which environment")
                    .expected("--env ENV")
                    .found("nothing"));
        }
        return new KnownDrift(service.api(), environment);
    }

    private static Instant instant(String date) {
        try {
            return date.length() <= "2026-12-24".length()
                    ? LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(date).toInstant();
        } catch (DateTimeException _) {
            throw notAsked("--until as a day or a time, e.g. 2026-12-24 or 2026-12-24T18:00:00Z", date);
        }
    }

    private static ProblemException notAsked(String expected, String found) {
        return new ProblemException(Problem.of("CLI-DRIFT", "the options do not say what is asked for")
                .expected(expected)
                .found(found));
    }
}
