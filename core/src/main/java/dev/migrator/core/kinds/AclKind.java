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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code Acl}: one principal's rights on one resource pattern; each operation is an entry of its own. */
public final class AclKind implements KindRules {
    public static final String KIND = "Acl";
    public static final String ENTRY = "acl";

    private static final String CLUSTER = "kafka-cluster";
    private static final Map<String, String> RESOURCE_TYPES =
            Map.of("topic", "TOPIC", "group", "GROUP", "cluster", "CLUSTER", "transactionalId", "TRANSACTIONAL_ID");

    /** Operations that mean something for a resource type (Apache Kafka, "Operations and Resources on Protocols"). */
    private static final Map<String, Set<String>> MEANINGFUL = Map.of(
            "TOPIC",
                    Set.of(
                            "ALL",
                            "READ",
                            "WRITE",
                            "CREATE",
                            "DELETE",
                            "ALTER",
                            "DESCRIBE",
                            "DESCRIBE_CONFIGS",
                            "ALTER_CONFIGS"),
            "GROUP", Set.of("ALL", "READ", "DELETE", "DESCRIBE", "DESCRIBE_CONFIGS", "ALTER_CONFIGS"),
            "CLUSTER",
                    Set.of(
                            "ALL",
                            "CREATE",
                            "CLUSTER_ACTION",
                            "DESCRIBE_CONFIGS",
                            "ALTER_CONFIGS",
                            "IDEMPOTENT_WRITE",
                            "ALTER",
                            "DESCRIBE"),
            "TRANSACTIONAL_ID", Set.of("ALL", "DESCRIBE", "WRITE", "TWO_PHASE_COMMIT"));

    private static final String[] OPERATIONS = {
        "ALL",
        "READ",
        "WRITE",
        "CREATE",
        "DELETE",
        "ALTER",
        "DESCRIBE",
        "CLUSTER_ACTION",
        "DESCRIBE_CONFIGS",
        "ALTER_CONFIGS",
        "IDEMPOTENT_WRITE",
        "TWO_PHASE_COMMIT"
    };

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return TopicKind.TARGET_TYPE;
    }

    @Override
    public List<String> entryKinds() {
        return List.of(ENTRY);
    }

    @Override
    public Shape.Fields spec() {
        return Shape.fields()
                .required("principal", Shape.text("[A-Za-z]{1,64}:\\S.{0,512}", "type and name, e.g. User:refund"))
                .optional("host", Shape.text("\\S{1,255}", "an IP address, or * for every host"))
                .optional("permission", Shape.word("ALLOW", "DENY"))
                .required("operations", new Shape.Items(Shape.word(OPERATIONS), 1, OPERATIONS.length))
                .required(
                        "resource",
                        Shape.fields()
                                .required(
                                        "type",
                                        Shape.word(RESOURCE_TYPES.keySet().toArray(String[]::new)))
                                .required("name", Shape.anyText(512))
                                .optional("pattern", Shape.word("literal", "prefixed")));
    }

    /** An ACL is its tuple: to be gone, it has to be named in full. */
    @Override
    public Shape.Fields specWhenAbsent() {
        return spec();
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        var tuples = tuples(resource);
        for (int i = 0; i < tuples.size(); i++) {
            var place = Notes.under("/spec/operations", String.valueOf(i));
            var tuple = tuples.get(i);
            if (tuples.subList(0, i).contains(tuple)) {
                notes.error(
                        place,
                        Problem.of("ACL-REPEATED", "an operation is named twice")
                                .expected("each operation once")
                                .found(tuple.operation()));
            }
            if (!MEANINGFUL.get(tuple.resourceType()).contains(tuple.operation())) {
                notes.warning(
                        place,
                        Problem.of("ACL-OPERATION", "this operation means nothing for this type of resource")
                                .expected("one of "
                                        + String.join(", ", new TreeSet<>(MEANINGFUL.get(tuple.resourceType()))))
                                .found(tuple.operation() + " on " + tuple.resourceType()));
            }
            if (tuple.marksRetiredTopic()) {
                notes.error(
                        place,
                        Problem.of("ACL-RESERVED", "this rule is how a retired topic is marked and cannot be managed")
                                .expected("a rule other than DENY READ or WRITE for User:* on a literal topic")
                                .found(tuple.address())
                                .todo("to take the topic out of use, write state: absent in its Topic manifest"));
            }
        }
        name(tuples.getFirst(), notes);
        if (!resource.absent()) {
            AclChecks.check(tuples, notes);
        }
    }

    private static void name(AclTuple tuple, Notes notes) {
        boolean prefixed = tuple.patternType().equals("PREFIXED");
        var name = tuple.resourceName();
        boolean legal = switch (tuple.resourceType()) {
            case "CLUSTER" -> name.equals(CLUSTER) && !prefixed;
            case "TOPIC" ->
                prefixed
                        ? name.matches("[a-zA-Z0-9._-]{1,249}")
                        : name.equals("*") || TopicKind.illegal(name).isEmpty();
            default -> true;
        };
        if (!legal) {
            notes.error(
                    "/spec/resource/name",
                    Problem.of("ACL-RESOURCE", "no resource of this type can have this name")
                            .expected(
                                    tuple.resourceType().equals("CLUSTER")
                                            ? CLUSTER + " with pattern literal"
                                            : prefixed ? "the beginning of a topic name" : "a topic name, or * for all")
                            .found(name));
        }
    }

    static List<AclTuple> tuples(Resource resource) {
        var spec = resource.spec();
        var on = Specs.object(spec, "resource");
        var pattern = Specs.text(on, "pattern").orElse("literal");
        var tuples = new ArrayList<AclTuple>();
        for (var operation : Specs.items(spec, "operations")) {
            tuples.add(new AclTuple(
                    Specs.text(spec, "principal").orElseThrow(),
                    Specs.text(spec, "host").orElse("*"),
                    ((Value.Text) operation).value(),
                    Specs.text(spec, "permission").orElse("ALLOW"),
                    RESOURCE_TYPES.get(Specs.text(on, "type").orElseThrow()),
                    pattern.equals("prefixed") ? "PREFIXED" : "LITERAL",
                    Specs.text(on, "name").orElseThrow()));
        }
        return tuples;
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        return tuples(resource).stream()
                .map(AclTuple::address)
                .map(address -> DesiredEntry.of(new EntryKey(target, ENTRY, address), address, resource, Content.EMPTY))
                .toList();
    }

    /** Rights belong to whom they are given to. */
    @Override
    public String ownedName(EntryKey key) {
        return AclTuple.parse(key.address()).principal();
    }

    @Override
    public String ownedField() {
        return Mappable.PRINCIPAL;
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS, Mappable.PRINCIPAL, Mappable.HOST);
    }

    /** Names that stand for everything are the same everywhere. */
    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        var tuple = tuples(resource).getFirst();
        var all = new ArrayList<Mappable>();
        all.add(Mappable.text(Mappable.PRINCIPAL, KIND, "principal", tuple.principal()));
        if (!tuple.host().equals("*")) {
            all.add(Mappable.text(Mappable.HOST, KIND, "host", tuple.host()));
        }
        if (!tuple.resourceType().equals("CLUSTER") && !tuple.resourceName().equals("*")) {
            all.add(new Mappable(
                    Mappable.ADDRESS,
                    tuple.resourceType().equals("TOPIC") ? TopicKind.KIND : KIND,
                    "/spec/resource/name",
                    tuple.resourceName(),
                    (spec, to) -> Mappable.with(
                            spec, "resource", Mappable.with(Specs.object(spec, "resource"), "name", Value.of(to)))));
        }
        return all;
    }

    /** The user and the topics of the bundle that the rule speaks of. A rule for every topic depends on none of them. */
    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        var tuple = AclTuple.parse(entry.key().address());
        var target = entry.key().target();
        var topics = new TreeSet<EntryKey>();
        around.entry(user(target, tuple)).ifPresent(user -> user(entry, user, topics, notes));
        if (!tuple.resourceType().equals("TOPIC") || tuple.resourceName().equals("*")) {
            return topics;
        }
        if (tuple.patternType().equals("PREFIXED")) {
            around.startingWith(target, TopicKind.ENTRY, tuple.resourceName()).stream()
                    .filter(topic -> topic.absent() == entry.absent())
                    .forEach(topic -> topics.add(topic.key()));
        } else {
            around.entry(new EntryKey(target, TopicKind.ENTRY, tuple.resourceName()))
                    .ifPresent(topic -> literal(entry, topic, topics, notes));
        }
        return topics;
    }

    private static EntryKey user(String target, AclTuple tuple) {
        return new EntryKey(target, KafkaUserKind.ENTRY, UserName.of(tuple.principal()));
    }

    private static void user(DesiredEntry entry, DesiredEntry user, Set<EntryKey> needed, Notes notes) {
        if (user.absent() == entry.absent()) {
            needed.add(user.key());
        } else if (user.absent()) {
            notes.warning(
                    "/spec/principal",
                    Problem.of("ACL-ABSENT-USER", "the rule is for a user that the bundle asks to be gone")
                            .expected("a user that stays")
                            .found(user.resource().title() + " with state: absent")
                            .todo("write state: absent here as well"));
        }
    }

    private static void literal(DesiredEntry entry, DesiredEntry topic, Set<EntryKey> topics, Notes notes) {
        if (topic.absent() == entry.absent()) {
            topics.add(topic.key());
        } else if (topic.absent()) {
            notes.warning(
                    "/spec/resource/name",
                    Problem.of("ACL-ABSENT-TOPIC", "the rule is for a topic that the bundle asks to be gone")
                            .expected("a topic that stays")
                            .found(topic.resource().title() + " with state: absent")
                            .todo("write state: absent here as well"));
        }
    }

    @Override
    public SortedSet<EntryKey> dependenciesAmong(NavigableSet<EntryKey> going, EntryKey key, Content actual) {
        var tuple = AclTuple.parse(key.address());
        var needed = new TreeSet<EntryKey>();
        needed.add(user(key.target(), tuple));
        if (tuple.resourceType().equals("TOPIC") && !tuple.resourceName().equals("*")) {
            var topic = new EntryKey(key.target(), TopicKind.ENTRY, tuple.resourceName());
            if (tuple.patternType().equals("PREFIXED")) {
                var end = new EntryKey(key.target(), TopicKind.ENTRY, tuple.resourceName() + Character.MAX_VALUE);
                needed.addAll(going.subSet(topic, true, end, true));
            } else {
                needed.add(topic);
            }
        }
        needed.retainAll(going);
        return needed;
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    /** An ACL holds no data and can always be removed and made again: undoing is exact whatever the target can do. */
    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        var denies = AclTuple.parse(operation.key().address()).permission().equals("DENY");
        return switch (operation) {
            case Operation.Create _ -> Assessment.of(denies ? Risk.MUTATING : Risk.ADDITIVE, UndoClass.EXACT);
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete _ -> Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT);
        };
    }
}
