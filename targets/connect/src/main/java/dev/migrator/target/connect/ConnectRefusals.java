package dev.migrator.target.connect;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;

/** Workers' refusals of one connector in our words, without the secrets that they repeat. */
final class ConnectRefusals {
    private ConnectRefusals() {}

    static Problem of(Answer answer, EntryKey key, Redaction redaction) {
        var problem = answer.unknownClass()
                ? unknownClass()
                : Problem.of("TGT-CONFIG", "Kafka Connect refuses the connector's settings")
                        .expected("settings that the class of the connector takes")
                        .todo("correct the manifest");
        return problem.about(key.toString()).found("status " + answer.status() + ": " + redaction.of(answer.words()));
    }

    static Problem unknownClass() {
        return Problem.of("DRY-CONNECTOR-CLASS", "no worker has such a class of connectors")
                .expected("a class that is installed on the workers")
                .todo("correct spec.class, or install the plugin on every worker and restart it");
    }
}
