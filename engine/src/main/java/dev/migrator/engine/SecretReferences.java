package dev.migrator.engine;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts secret values in the place of references. A value it gives out is never kept and never in a problem. */
final class SecretReferences {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([A-Za-z0-9][A-Za-z0-9._/-]{0,127})}");

    private final Secrets secrets;

    SecretReferences(Secrets secrets) {
        this.secrets = secrets;
    }

    static boolean anyIn(Operation operation) {
        return operation.writtenFields().stream().anyMatch(Content::isSecret);
    }

    /** The operation with the values that it writes; what it expects stays as it is, because no target shows it. */
    Operation followed(Operation operation) {
        return switch (operation) {
            case Operation.Create(var key, var after) -> new Operation.Create(key, followed(after));
            case Operation.Update(var key, var before, var after) -> new Operation.Update(key, before, followed(after));
            case Operation.Delete delete -> delete;
        };
    }

    private Content followed(Content content) {
        var fields = new TreeMap<>(content.fields());
        fields.replaceAll((field, value) -> Content.isSecret(field) ? followed(value) : value);
        return Content.of(fields);
    }

    private Value followed(Value value) {
        return switch (value) {
            case Value.Text(var text) ->
                Value.of(REFERENCE
                        .matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                secrets.find(found.group(1)).orElseThrow())));
            case Value.Arr(var items) ->
                Value.array(items.stream().map(this::followed).toList());
            case Value.Obj(var fields) -> {
                var all = new TreeMap<>(fields);
                all.replaceAll((_, inner) -> followed(inner));
                yield Value.object(all);
            }
            default -> value;
        };
    }

    /** Why the operation's own values cannot all be had; empty when they can. */
    Optional<Problem> missingFor(Operation operation) {
        return switch (operation) {
            case Operation.Create(var key, var after) -> missing(key, after);
            case Operation.Update(var key, var _, var after) -> missing(key, after);
            case Operation.Delete _ -> Optional.empty();
        };
    }

    /** Why undoing the operation would not have its values; one that no reference is known for is for the planner to tell. */
    Optional<Problem> missingForUndoing(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> Optional.empty();
            case Operation.Update(var key, var before, var _) ->
                before.secrets().fields().containsValue(Value.NULL) ? Optional.empty() : missing(key, before);
            case Operation.Delete purge when purge.isPurge() -> Optional.empty();
            case Operation.Delete(var key, var before, var _) -> missing(key, before);
        };
    }

    private Optional<Problem> missing(EntryKey key, Content content) {
        var fields = content.secrets().fields();
        if (fields.containsValue(Value.NULL)) {
            return Optional.of(Problem.of("SEC-UNKNOWN", "the secret that was there before is not known")
                    .about(key.toString())
                    .expected("a reference to it")
                    .found("none; no system gives a secret back")
                    .todo("set it with a manifest that names it"));
        }
        var names = new TreeSet<String>();
        fields.values().forEach(value -> collect(value, names));
        try {
            names.removeIf(name -> secrets.find(name).isPresent());
        } catch (ProblemException e) {
            var problem = e.problem();
            return Optional.of(problem.about(key + ", secret " + problem.thing()));
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Problem.of("SEC-MISSING", "there is no secret of this name")
                                .about(key.toString())
                                .expected("a value for " + String.join(", ", names))
                                .found("none")
                                .todo(
                                        "put it where secrets are read (MIGRATOR_SECRETS_DIR of the executor, --secrets of undo), or correct the reference"));
    }

    private static void collect(Value value, SortedSet<String> names) {
        switch (value) {
            case Value.Text(var text) -> {
                var found = REFERENCE.matcher(text);
                while (found.find()) {
                    names.add(found.group(1));
                }
            }
            case Value.Arr(var items) -> items.forEach(item -> collect(item, names));
            case Value.Obj(var fields) -> fields.values().forEach(item -> collect(item, names));
            default -> {
                // names no secret
            }
        }
    }
}
