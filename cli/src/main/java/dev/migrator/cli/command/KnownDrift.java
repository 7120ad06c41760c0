package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.ApiException;
import dev.migrator.cli.render.DriftText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drift.DriftJson;
import java.time.Duration;

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
