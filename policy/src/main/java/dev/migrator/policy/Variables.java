package dev.migrator.policy;

import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What expressions see of a subject: maps with the fields of the {@link Vocabulary}. */
final class Variables {
    private final Subject subject;
    private final Map<String, Resource> byUid = new HashMap<>();
    private final Map<EntryKey, String> owners = new HashMap<>();

    Variables(Subject subject) {
        this.subject = subject;
        subject.resources().forEach(resource -> byUid.put(resource.uid(), resource));
        subject.planned().stream()
                .flatMap(planned -> planned.plan().inventory().stream())
                .forEach(change -> {
                    switch (change) {
                        case InventoryChange.Gone(var _, var project, var key) -> owners.put(key, project);
                        case InventoryChange.NoLongerRetired(var _, var project, var key, var _) ->
                            owners.put(key, project);
                        case InventoryChange.Hold _, InventoryChange.Forget _ -> {
                            // a manifest speaks of it
                        }
                    }
                });
    }

    /** Those that are the same for everything that is judged. */
    Map<String, Object> common(Instant now) {
        var common = new HashMap<String, Object>();
        common.put("environment", environment());
        common.put("bundle", bundle());
        common.put(Vocabulary.NOW, now);
        subject.planned().ifPresent(planned -> common.put("plan", plan(planned.plan(), planned.managed())));
        return common;
    }

    private Map<String, Object> environment() {
        var environment = subject.environment();
        return Map.of(
                "name", environment.name(),
                "order", (long) environment.order(),
                "protection", environment.protection().name().toLowerCase(Locale.ROOT),
                "previous", subject.previous(),
                "rehearsal",
                        environment.rehearsal().map(RehearsalRule::environment).orElse(""));
    }

    private Map<String, Object> bundle() {
        return Map.of(
                "digest", subject.bundle().toString(),
                "resources", (long) subject.resources().size(),
                "restores", subject.titled(Document.Kind.RESTORE),
                "purges", subject.titled(Document.Kind.PURGE),
                "succeededIn", List.copyOf(subject.record().succeededIn()),
                "evidence",
                        subject.record().evidence().stream()
                                .map(item -> CelValues.of(item.fields()))
                                .toList());
    }

    static Map<String, Object> plan(Plan plan, SortedMap<String, Integer> managed) {
        var kinds = new TreeMap<String, Map<String, Object>>();
        knownKinds().forEach(kind -> kinds.put(kind, counts(managed.getOrDefault(kind, 0))));
        managed.forEach((kind, count) -> kinds.putIfAbsent(kind, counts(count)));
        var all = new HashMap<String, Object>(counts(0));
        all.remove("managed");
        all.put("destructive", 0L);
        all.put("dataLoss", 0L);
        var worst = Risk.ADDITIVE;
        for (var planned : (Iterable<PlannedOperation>) plan.operations()::iterator) {
            var counter = switch (planned.operation()) {
                case Operation.Create _ -> "creates";
                case Operation.Update _ -> "updates";
                case Operation.Delete _ -> "deletes";
            };
            more(kinds.computeIfAbsent(planned.operation().key().kind(), _ -> counts(0)), counter);
            more(all, counter);
            if (planned.risk().compareTo(Risk.DESTRUCTIVE) >= 0) {
                more(all, "destructive");
            }
            if (planned.undo() == UndoClass.DATA_LOSS) {
                more(all, "dataLoss");
            }
            worst = planned.risk().compareTo(worst) > 0 ? planned.risk() : worst;
        }
        all.put("changes", (long) all.get("creates") + (long) all.get("updates") + (long) all.get("deletes"));
        all.put("worstRisk", worst.name());
        all.put("kinds", kinds);
        return all;
    }

    /** Every kind of entry has its counts, so that a policy need not ask first whether the plan has any of it. */
    static List<String> knownKinds() {
        return Kinds.standard().all().stream()
                .flatMap(rules -> rules.entryKinds().stream())
                .toList();
    }

    private static Map<String, Object> counts(int managed) {
        var counts = new HashMap<String, Object>();
        counts.put("creates", 0L);
        counts.put("updates", 0L);
        counts.put("deletes", 0L);
        counts.put("managed", (long) managed);
        return counts;
    }

    private static void more(Map<String, Object> counts, String name) {
        counts.merge(name, 1L, (one, other) -> (long) one + (long) other);
    }

    static Map<String, Object> resource(Resource resource) {
        return Map.of(
                "kind", resource.kind(),
                "name", resource.name(),
                "project", resource.project(),
                "labels", resource.labels(),
                "spec", CelValues.of(resource.spec().fields()),
                "absent", resource.absent());
    }

    /** An entry that is deleted because it is no longer in the bundle has a resource of which only the project is known. */
    Map<String, Object> change(PlannedOperation planned) {
        var operation = planned.operation();
        var key = operation.key();
        var resource = byUid.containsKey(planned.uid())
                ? resource(byUid.get(planned.uid()))
                : Given.noResource(owners.getOrDefault(key, ""));
        var change = new HashMap<String, Object>();
        change.put("action", action(operation));
        change.put("kind", key.kind());
        change.put("address", key.address());
        change.put("target", key.target());
        change.put("before", CelValues.of(before(operation).fields()));
        change.put("after", CelValues.of(after(operation).fields()));
        change.put("fields", List.copyOf(operation.writtenFields()));
        change.put("risk", planned.risk().name());
        change.put("undo", planned.undo().name());
        change.put("project", resource.get("project"));
        change.put("labels", resource.get("labels"));
        change.put("resource", resource);
        return change;
    }

    static String action(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> "create";
            case Operation.Update _ -> "update";
            case Operation.Delete _ -> "delete";
        };
    }

    private static Content before(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> Content.EMPTY;
            case Operation.Update update -> update.before();
            case Operation.Delete delete -> delete.before();
        };
    }

    private static Content after(Operation operation) {
        return switch (operation) {
            case Operation.Create create -> create.after();
            case Operation.Update update -> update.after();
            case Operation.Delete _ -> Content.EMPTY;
        };
    }
}
