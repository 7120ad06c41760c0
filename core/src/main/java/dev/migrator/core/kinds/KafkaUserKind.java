package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Placeholders;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** {@code KafkaUser}: a user that logs in with SCRAM. The password is a secret's, and no cluster ever tells it. */
public final class KafkaUserKind implements KindRules {
    public static final String KIND = "KafkaUser";
    public static final String ENTRY = "scram-user";
    /** Of a mechanism: how often its password is salted; null where the user has no password for it. */
    public static final String ITERATIONS = "iterations.";

    public static final String PASSWORD = Content.SECRET + "password";

    private static final String MECHANISMS = "mechanisms";
    private static final int LONGEST_NAME = 255;
    /** Bounds of Kafka itself. */
    private static final Shape ITERATED =
            new Shape.OrNull(Shape.fields().required("iterations", new Shape.Whole(4_096, 16_384)));

    private static final Shape.Fields BY_MECHANISM =
            Shape.fields().optional("SCRAM-SHA-256", ITERATED).optional("SCRAM-SHA-512", ITERATED);

    @Override
    public Optional<String> secretToMake(Content content) {
        return Optional.of(PASSWORD);
    }

    /** Kafka takes other iterations only with the password, which no snapshot holds. A mechanism goes without it. */
    @Override
    public Content restorable(Content recorded, EntryState found) {
        if (!(found instanceof EntryState.Present(var content, var _))
                || !recorded.get(PASSWORD).isNull()) {
            return recorded;
        }
        var fields = new TreeMap<>(recorded.fields());
        fields.entrySet()
                .removeIf(
                        field -> !field.getValue().isNull() && !field.getValue().equals(content.get(field.getKey())));
        return Content.of(fields);
    }

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
                .optional("address", Shape.anyText(LONGEST_NAME))
                .required(MECHANISMS, BY_MECHANISM)
                .takingSecrets("password", Shape.anyText(1_000), true);
    }

    /** With the password, undoing makes the user again; without it, nothing does. */
    @Override
    public Shape.Fields specWhenAbsent() {
        return spec().allOptional();
    }

    static String name(Resource resource) {
        return Specs.text(resource.spec(), "address").orElse(resource.name());
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        // what is written instead may be the password itself: it is not shown
        Specs.text(resource.spec(), "password")
                .filter(text -> !Placeholders.isSecret(text))
                .ifPresent(_ -> notes.error(
                        "/spec/password",
                        Problem.of("USR-PASSWORD", "a password is written into a manifest")
                                .expected("a reference to a secret and nothing else, ${secret:name}")
                                .found("other text")
                                .todo("put the password where the executor reads secrets, and choose another one:"
                                        + " this one has been seen")));
        if (!resource.absent() && mechanisms(resource).values().stream().allMatch(Value::isNull)) {
            notes.error(
                    "/spec/mechanisms",
                    Problem.of("USR-NO-MECHANISM", "a user has no way to log in")
                            .expected("SCRAM-SHA-256, SCRAM-SHA-512 or both")
                            .found("none")
                            .todo("write a mechanism; to be rid of the user, write state: absent"));
        }
        if (name(resource).startsWith("User:")) {
            notes.warning(
                    resource.spec().fields().containsKey("address") ? "/spec/address" : "/metadata/name",
                    Problem.of("USR-NAME", "the name of a user begins as a principal does")
                            .expected("the name alone")
                            .found(name(resource))
                            .todo("leave out User:, which access rules have before the name"));
        }
    }

    private static TreeMap<String, Value> mechanisms(Resource resource) {
        return new TreeMap<>(Specs.object(resource.spec(), MECHANISMS).fields());
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var key = new EntryKey(target, ENTRY, name(resource));
        var fields = new TreeMap<String, Value>();
        if (!resource.absent()) {
            mechanisms(resource)
                    .forEach((mechanism, how) -> fields.put(
                            ITERATIONS + mechanism, how instanceof Value.Obj object ? object.get("iterations") : how));
        }
        Specs.text(resource.spec(), "password").ifPresent(reference -> fields.put(PASSWORD, Value.of(reference)));
        return List.of(DesiredEntry.of(key, resource.uid(), resource, Content.of(fields)));
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        return Optional.of(
                field.startsWith(ITERATIONS)
                        ? Notes.under("/spec/mechanisms", field.substring(ITERATIONS.length()))
                        : "/spec/password");
    }

    /** A user belongs to whom its rights belong to. */
    @Override
    public String ownedName(EntryKey key) {
        return UserName.principal(key.address());
    }

    @Override
    public String ownedField() {
        return Mappable.PRINCIPAL;
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.PRINCIPAL);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        return List.of(new Mappable(
                Mappable.PRINCIPAL,
                KIND,
                "/spec/address",
                UserName.principal(name(resource)),
                (spec, to) -> Mappable.with(spec, "address", Value.of(UserName.of(to)))));
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create _ -> Assessment.of(Risk.ADDITIVE, UndoClass.EXACT);
            case Operation.Update _ -> Assessment.of(Risk.MUTATING, UndoClass.EXACT);
            case Operation.Delete(var key, var before, var _) ->
                before.get(PASSWORD).isNull()
                        ? new Assessment(
                                Risk.ONE_WAY,
                                UndoClass.NONE,
                                List.of(ENTRY + " " + key.address()
                                        + ": nobody can make it again, as its password is not known; name its secret in"
                                        + " spec.password"))
                        : Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT);
        };
    }
}
