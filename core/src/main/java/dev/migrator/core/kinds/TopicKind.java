package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code Topic}: a Kafka topic and the settings that the manifest names. */
public final class TopicKind implements KindRules {
    public static final String KIND = "Topic";
    public static final String ENTRY = "topic";
    public static final String PARTITIONS = "partitions";
    public static final String REPLICATION = "replicationFactor";
    public static final String CONFIG = "config.";

    static final String TARGET_TYPE = "kafka";
    private static final int MAX_PARTITIONS = 100_000;
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final int MAX_CONFIGS = 100;

    /** A topic never has fewer partitions again. */
    @Override
    public Content restorable(Content recorded, EntryState found) {
        boolean grown = found instanceof EntryState.Present(var content, var _)
                && recorded.get(PARTITIONS) instanceof Value.Num(var before)
                && content.get(PARTITIONS) instanceof Value.Num(var now)
                && now.compareTo(before) > 0;
        if (!grown) {
            return recorded;
        }
        var fields = new TreeMap<>(recorded.fields());
        fields.remove(PARTITIONS);
        return Content.of(fields);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return TARGET_TYPE;
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ENTRY);
    }

    @Override
    public Shape.Fields spec() {
        return Shape.fields()
                .optional("address", Shape.anyText(249))
                .required(PARTITIONS, new Shape.Whole(1, MAX_PARTITIONS))
                .required(REPLICATION, new Shape.Whole(1, Short.MAX_VALUE))
                .optional(
                        "config",
                        new Shape.Dictionary(
                                Pattern.compile("[a-zA-Z0-9._-]{1,128}"),
                                "a topic configuration, e.g. retention.ms",
                                new Shape.Scalar(),
                                MAX_CONFIGS));
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return spec().allOptional();
    }

    static String address(Resource resource) {
        return Specs.text(resource.spec(), "address").orElse(resource.name());
    }

    /** What is wrong with a topic name, empty when Kafka accepts it. The name is legal if and only if this is empty. */
    static Optional<String> illegal(String name) {
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("a name other than . and ..");
        }
        return LEGAL.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("1 to 249 letters, digits, dots, underscores and hyphens");
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        var address = address(resource);
        var place = resource.spec().fields().containsKey("address") ? "/spec/address" : "/metadata/name";
        illegal(address)
                .ifPresent(expected -> notes.error(
                        place,
                        Problem.of("TOP-NAME", "Kafka does not accept this topic name")
                                .expected(expected)
                                .found(address)));
        if (address.startsWith("__")) {
            notes.error(
                    place,
                    Problem.of("TOP-INTERNAL", "topics that begin with __ belong to Kafka itself and are not managed")
                            .expected("a name that does not begin with __")
                            .found(address));
        }
        configs(resource).fields().forEach((name, value) -> config(name, Specs.setting(value), notes));
        TopicChecks.check(resource, address, place, notes);
    }

    private static void config(String name, Value value, Notes notes) {
        var place = Notes.under("/spec/config", name);
        TopicConfigValues.expectedInstead(name, value)
                .ifPresent(expected -> notes.error(
                        place,
                        Problem.of("TOP-CONFIG-VALUE", "a topic configuration has a value that Kafka refuses")
                                .expected(expected)
                                .found(Specs.shown(value))));
        if (!TopicConfigs.known().contains(name)) {
            notes.warning(
                    place,
                    Problem.of("TOP-CONFIG-UNKNOWN", "this topic configuration is not one of Kafka 4")
                            .expected("a topic configuration")
                            .found(name)
                            .todo(Nearest.advice(name, TopicConfigs.known())));
        }
    }

    private static Value.Obj configs(Resource resource) {
        return resource.spec().get("config") instanceof Value.Obj configs ? configs : Value.object();
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var key = new EntryKey(target, ENTRY, address(resource));
        var fields = new TreeMap<String, Value>();
        if (!resource.absent()) {
            fields.put(PARTITIONS, resource.spec().get(PARTITIONS));
            fields.put(REPLICATION, resource.spec().get(REPLICATION));
            configs(resource).fields().forEach((name, value) -> fields.put(CONFIG + name, Specs.setting(value)));
        }
        return List.of(DesiredEntry.of(key, resource.uid(), resource, Content.of(fields)));
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return Optional.of(
                field.startsWith(CONFIG)
                        ? Notes.under("/spec/config", field.substring(CONFIG.length()))
                        : Notes.under("/spec", field));
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS, PARTITIONS, REPLICATION, CONFIG);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        var all = new ArrayList<Mappable>();
        all.add(Mappable.text(Mappable.ADDRESS, KIND, "address", address(resource)));
        for (var field : List.of(PARTITIONS, REPLICATION)) {
            var value = resource.spec().get(field);
            if (!value.isNull()) {
                all.add(Mappable.number(field, KIND, field, value));
            }
        }
        configs(resource).fields().forEach((name, value) -> {
            if (Specs.setting(value) instanceof Value.Text(var text)) {
                all.add(new Mappable(
                        CONFIG + name,
                        KIND,
                        Notes.under("/spec/config", name),
                        text,
                        (spec, to) -> Mappable.with(
                                spec, "config", Mappable.with(Specs.object(spec, "config"), name, Value.of(to)))));
            }
        });
        return all;
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        if (desired.absent()) {
            return List.of();
        }
        return switch (found) {
            case EntryState.Absent _ -> List.of();
            case EntryState.Present(var content, var _) -> obstacles(desired, content);
            case EntryState.Retired(var content, var _) -> {
                var problems = new ArrayList<>(obstacles(desired, content));
                if (difference(desired, content, PARTITIONS) > 0) {
                    problems.addFirst(immutable(
                            "PLN-RETIRED-PARTITIONS",
                            "a retired topic comes back with the partitions that it has",
                            desired,
                            content,
                            PARTITIONS));
                }
                yield problems;
            }
        };
    }

    private static List<Problem> obstacles(DesiredEntry desired, Content actual) {
        var problems = new ArrayList<Problem>();
        var partitions = difference(desired, actual, PARTITIONS);
        if (partitions < 0) {
            problems.add(immutable(
                    "PLN-PARTITIONS-DECREASE", "a topic cannot have fewer partitions", desired, actual, PARTITIONS));
        }
        return problems;
    }

    private static int difference(DesiredEntry desired, Content actual, String field) {
        return desired.content().get(field) instanceof Value.Num(BigDecimal wanted)
                        && actual.get(field) instanceof Value.Num(BigDecimal there)
                ? wanted.compareTo(there)
                : 0;
    }

    private static Problem immutable(String code, String message, DesiredEntry desired, Content actual, String field) {
        return Problem.of(code, message)
                .about(desired.key() + ", " + field)
                .expected(Specs.shown(desired.content().get(field)))
                .found(Specs.shown(actual.get(field)))
                .todo("write " + field + ": " + Specs.shown(actual.get(field)) + " in the manifest");
    }

    @Override
    public boolean isPurgeable(String entryKind) {
        return true;
    }

    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create create -> Undoing.ofCreate(create, found, capabilities, TopicKind::mayLoseData);
            case Operation.Update update -> ofUpdate(update);
            case Operation.Delete _ -> Undoing.ofRetire(capabilities);
        };
    }

    private static Assessment ofUpdate(Operation.Update update) {
        var losing = update.after().fields().keySet().stream()
                .filter(field -> mayLoseData(
                        field, update.before().get(field), update.after().get(field)))
                .toList();
        var warnings = new ArrayList<>(losses(update, losing));
        warnings.addAll(otherReplicas(update));
        if (update.after().fields().containsKey(PARTITIONS)) {
            return new Assessment(Risk.ONE_WAY, UndoClass.NONE, withMorePartitions(update, warnings));
        }
        return new Assessment(Risk.MUTATING, losing.isEmpty() ? UndoClass.EXACT : UndoClass.DATA_LOSS, warnings);
    }

    private static List<String> otherReplicas(Operation.Update update) {
        if (!update.after().fields().containsKey(REPLICATION)) {
            return List.of();
        }
        return List.of(ENTRY + " " + update.key().address() + ", " + REPLICATION + " "
                + Specs.shown(update.before().get(REPLICATION)) + " -> "
                + Specs.shown(update.after().get(REPLICATION))
                + ": brokers copy its data, or drop copies; undoing restores the number, not which brokers have them");
    }

    private static List<String> withMorePartitions(Operation.Update update, List<String> others) {
        var warnings = new ArrayList<String>();
        warnings.add(ENTRY + " " + update.key().address() + ", partitions "
                + Specs.shown(update.before().get(PARTITIONS)) + " -> "
                + Specs.shown(update.after().get(PARTITIONS))
                + ": partitions never become fewer again, and records of one key go to another partition from then on");
        warnings.addAll(others);
        return warnings;
    }

    private static List<String> losses(Operation.Update update, List<String> losing) {
        return losing.stream()
                .map(field -> ENTRY + " " + update.key().address() + ", " + field.substring(CONFIG.length()) + " "
                        + Specs.shown(update.before().get(field)) + " -> "
                        + Specs.shown(update.after().get(field))
                        + ": records may be lost; undoing restores the setting only")
                .toList();
    }

    private static boolean mayLoseData(String field, Value before, Value after) {
        return field.startsWith(CONFIG)
                && !before.equals(after)
                && TopicConfigs.mayLoseData(field.substring(CONFIG.length()), before, after);
    }
}
