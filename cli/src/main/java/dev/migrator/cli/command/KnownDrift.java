package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.ApiException;
import dev.migrator.cli.render.DriftText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drift.DriftJson;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the services know of an environment's drift. */
record KnownDrift(Api api, String environment) {
    /** Two reads and the time between them, of targets that answer late. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    Value.Obj now() {
        return api.drift(environment);
    }

    /** @throws ApiException as it is answered, if the check found out nothing in time */
    Value.Obj afterACheck() {
        var id = Value.of(api.checkDrift(environment));
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var drift = now();
                if (drift.get("answers").equals(id) || System.nanoTime() > end) {
                    return drift;
                }
            } catch (ApiException notYet) {
                if (notYet.status() != 503 || System.nanoTime() > end) {
                    throw notYet;
                }
            }
            pause();
        }
    }

    /**
     * Silences what differs, as it is known now, and says what that was.
     *
     * @param entries names of some; none for all
     */
    int acknowledge(List<String> entries, String reason, Instant until, Terminal terminal) {
        var all = ((Value.Arr) now().get("items"))
                .items().stream().map(Value.Obj.class::cast).toList();
        var chosen = entries.isEmpty() ? all : chosen(all, entries);
        if (chosen.isEmpty()) {
            throw nothing("environment " + environment, "something that differs");
        }
        api.acknowledgeDrift(environment, chosen.stream().map(KnownDrift::seen).toList(), reason, until.toString());
        if (terminal.json()) {
            terminal.print(Value.object("acknowledged", Value.array(chosen), "until", Value.of(until.toString())));
        } else {
            chosen.forEach(finding -> DriftText.finding(finding).forEach(terminal::print));
            terminal.print("acknowledged: " + chosen.size() + ", until " + until + " or until something else is found");
        }
        return ExitCode.OK;
    }

    private static List<Value.Obj> chosen(List<Value.Obj> all, List<String> entries) {
        var chosen = new LinkedHashSet<Value.Obj>();
        for (var entry : entries) {
            var found = all.stream()
                    .filter(finding -> names(finding).contains(entry))
                    .toList();
            if (found.isEmpty()) {
                throw nothing(entry, "an entry that differs, as ADDRESS, KIND/ADDRESS or TARGET/KIND/ADDRESS");
            }
            chosen.addAll(found);
        }
        return List.copyOf(chosen);
    }

    private static Set<String> names(Value.Obj finding) {
        var address = ((Value.Text) finding.get("address")).value();
        var kind = ((Value.Text) finding.get("kind")).value() + "/" + address;
        return Set.of(address, kind, ((Value.Text) finding.get("target")).value() + "/" + kind);
    }

    private static Value.Obj seen(Value.Obj finding) {
        return Value.object("uid", finding.get("uid"), "kind", finding.get("kind"), "found", finding.get("found"));
    }

    private static ProblemException nothing(String thing, String expected) {
        return new ProblemException(Problem.of("CLI-NO-DRIFT", "nothing is found there; nothing was acknowledged")
                .about(thing)
                .expected(expected)
                .found("nothing"));
    }

    int print(Value.Obj drift, Terminal terminal, boolean differencesInExitCode) {
        if (terminal.json()) {
            terminal.print(drift);
        } else {
            DriftText.of(drift).forEach(terminal::print);
        }
        var state = drift.get("state");
        if (state.equals(Value.of(DriftJson.UNKNOWN))) {
            return ExitCode.ERROR; // never taken for "no drift"
        }
        return differencesInExitCode && state.equals(Value.of(DriftJson.DRIFTED)) ? ExitCode.CHANGES : ExitCode.OK;
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a check", e);
        }
    }
}
