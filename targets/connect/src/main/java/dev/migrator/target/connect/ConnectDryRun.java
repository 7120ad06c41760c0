package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ConnectorSecrets;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Json;
import dev.migrator.target.httpclient.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks what a cluster would say to the operations of a plan: each configuration, as it would be, is validated by the
 * class of its connector. That is a call with the right to write, and writes nothing.
 */
final class ConnectDryRun {
    private final Connectors connectors;
    private final Contents contents;

    ConnectDryRun(Connectors connectors, Contents contents) {
        this.connectors = connectors;
        this.contents = contents;
    }

    /** @throws TargetException if an entry got no answer, or the credential has no right to ask */
    List<DryRunOutcome> of(List<Operation> operations) throws TargetException {
        var names = new TreeSet<String>();
        operations.forEach(operation -> names.add(operation.key().address()));
        var found = connectors.named(names);
        return Parallel.map(
                operations,
                operation -> of(
                        operation, Optional.ofNullable(found.get(operation.key().address()))));
    }

    private DryRunOutcome of(Operation operation, Optional<Found> found) throws TargetException {
        var key = operation.key();
        try {
            BatchRun.requireWritable(key);
            var states = new HashMap<EntryKey, EntryState>();
            states.put(key, contents.state(found, Optional.empty()));
            var judged = Judged.of(List.of(operation), Map.of(), states);
            if (judged.writes().isEmpty()) {
                return judged.dryRunOutcomes(Map.of()).getFirst();
            }
            return operation instanceof Operation.Delete ? new DryRunOutcome.Accepted(key) : validate(operation, found);
        } catch (EntryRefused e) {
            return new DryRunOutcome.Refused(key, e.problem());
        }
    }

    private DryRunOutcome validate(Operation operation, Optional<Found> found) throws TargetException, EntryRefused {
        var key = operation.key();
        var there = found.map(Found::config).orElseGet(TreeMap::new);
        var wanted = Wanted.of(key, BatchRun.after(operation), there);
        var config = wanted.on(there);
        config.put("name", key.address());
        var type = config.getOrDefault("connector.class", "");
        if (type.isEmpty()) {
            throw EntryRefused.field(key, "TGT-FIELD", "a connector needs a class", "class");
        }
        var secrets = new TreeSet<>(wanted.secrets());
        if (found.isPresent()) {
            secrets.addAll(contents.hidden(found.get()));
        }
        var redaction = new Redaction(secrets);
        var answer = connectors
                .api()
                .call("PUT", Paths.plugin(type, "config/validate"), Json.texts(config), ConnectApi.Before.NOTHING);
        if (answer.unknownClass() || answer.absent()) {
            return new DryRunOutcome.Refused(
                    key, ConnectRefusals.unknownClass().about(key.toString()).found(type));
        }
        if (answer.status() == 400) {
            return new DryRunOutcome.Refused(key, ConnectRefusals.of(answer, key, redaction));
        }
        return judge(key, wanted, answer.object(), redaction);
    }

    /** Refused for the first setting that is wrong; says how many there are. */
    private static DryRunOutcome judge(EntryKey key, Wanted wanted, Value.Obj validated, Redaction redaction) {
        var problems = new ArrayList<Problem>();
        if (validated.get("configs") instanceof Value.Arr(var configs)) {
            for (var config : configs) {
                if (config instanceof Value.Obj fields) {
                    problem(key, wanted, fields, redaction).ifPresent(problems::add);
                }
            }
        }
        if (problems.isEmpty()) {
            return new DryRunOutcome.Accepted(key);
        }
        var first = problems.getFirst();
        return new DryRunOutcome.Refused(
                key,
                problems.size() == 1
                        ? first
                        : first.found(first.found() + "; and " + (problems.size() - 1) + " more settings"));
    }

    private static Optional<Problem> problem(EntryKey key, Wanted wanted, Value.Obj config, Redaction redaction) {
        var value = config.get("value") instanceof Value.Obj fields ? fields : Value.object();
        var setting = Json.text(value, "name").orElse("");
        if (value.get("errors") instanceof Value.Arr(var errors)
                && !errors.isEmpty()
                && errors.getFirst() instanceof Value.Text(var words)) {
            return Optional.of(Problem.of("DRY-CONFIG", "Kafka Connect does not take this setting of a connector")
                    .about(key + ", " + setting)
                    .expected("a value that the class of the connector takes")
                    .found(redaction.of(words))
                    .todo("correct the manifest"));
        }
        boolean declared = config.get("definition") instanceof Value.Obj definition
                && definition.get("type").equals(Value.of("PASSWORD"));
        return wanted.settings()
                .getOrDefault(setting, Optional.empty())
                .filter(text ->
                        declared && !wanted.secrets().contains(text) && ConnectorSecrets.givesAway(setting, text, true))
                .map(_ -> Problem.of("CNR-SECRET", "a connector's setting seems to hold a secret in plain text")
                        .about(key + ", " + setting)
                        .expected("${secret:name}, or what the worker reads itself: $${file:/path:key}")
                        .found("a plain value, and the connector says that it is a secret")
                        .todo("put the secret where the executor or the worker reads it, and refer to it"));
    }
}
