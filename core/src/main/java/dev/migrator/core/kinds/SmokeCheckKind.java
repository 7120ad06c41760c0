package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.SmokeCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code SmokeCheck}: something that has to work once a phase was applied. Has no entries of its own. */
public final class SmokeCheckKind implements KindRules {
    public static final String KIND = "SmokeCheck";
    public static final String TOPIC_ROUND_TRIP = "topic-round-trip";
    public static final String SCHEMA_READABLE = "schema-readable";
    public static final String HTTP = "http";

    /** Scheme and user, host, and all behind it. */
    private static final Pattern URL =
            Pattern.compile("(https?://(?:[^/?#@]*@)?)(\\[[^\\]]*]|[^/?#:@]+)(.*)", Pattern.DOTALL);

    private static final int MAX_RECORD_BYTES = 1 << 20;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String targetType() {
        return "";
    }

    /** A check needs the target of what it looks at. */
    @Override
    public Optional<String> targetTypeOf(Resource resource) {
        if (resource.absent()) {
            return Optional.empty();
        }
        return switch (Specs.text(resource.spec(), "type").orElseThrow()) {
            case TOPIC_ROUND_TRIP -> Optional.of(TopicKind.TARGET_TYPE);
            case SCHEMA_READABLE -> Optional.of(SchemaKind.TARGET_TYPE);
            default -> Optional.empty();
        };
    }

    @Override
    public List<String> entryKinds() {
        return List.of();
    }

    @Override
    public Shape spec() {
        return Shape.choice(
                "type",
                Map.of(
                        TOPIC_ROUND_TRIP,
                        Shape.fields()
                                .required("topic", Shape.anyText(249))
                                .optional("recordBytes", new Shape.Whole(1, MAX_RECORD_BYTES)),
                        SCHEMA_READABLE,
                        Shape.fields()
                                .required("schema", Shape.anyText(1024))
                                .optional("version", Shape.text("[A-Za-z0-9._+-]{1,256}", "a version in quotes")),
                        HTTP,
                        Shape.fields()
                                .required("url", Shape.text("https?://[^\\s]{1,2000}", "an http or https URL"))
                                .optional("status", new Shape.Whole(100, 599))));
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return Shape.fields()
                .optional("type", Shape.word(TOPIC_ROUND_TRIP, SCHEMA_READABLE, HTTP))
                .optional("topic", Shape.anyText(249))
                .optional("recordBytes", new Shape.Whole(1, MAX_RECORD_BYTES))
                .optional("schema", Shape.anyText(1024))
                .optional("version", Shape.anyText(256))
                .optional("url", Shape.anyText(2048))
                .optional("status", new Shape.Whole(100, 599));
    }

    @Override
    public void validate(Resource resource, Notes notes) {}

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        return List.of();
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.HOST);
    }

    /** What is looked at in the targets follows its resource; only what the bundle does not hold is named for real. */
    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        var all = new ArrayList<Mappable>();
        var spec = resource.spec();
        Specs.text(spec, "topic")
                .filter(topic ->
                        around.find(TopicKind.KIND, topic, resource.project()).isEmpty())
                .ifPresent(topic -> all.add(Mappable.text(Mappable.ADDRESS, TopicKind.KIND, "topic", topic)));
        Specs.text(spec, "schema")
                .filter(schema ->
                        around.find(SchemaKind.KIND, schema, resource.project()).isEmpty())
                .ifPresent(schema -> all.add(Mappable.text(
                        Mappable.ADDRESS,
                        SchemaKind.KIND,
                        "schema",
                        outside(schema).address())));
        Specs.text(spec, "url").ifPresent(url -> {
            var parts = URL.matcher(url);
            if (parts.matches()) {
                var before = parts.group(1);
                var behind = parts.group(3);
                all.add(new Mappable(
                        Mappable.HOST,
                        KIND,
                        "/spec/url",
                        parts.group(2),
                        (whole, to) -> Mappable.with(whole, "url", Value.of(before + to + behind))));
            }
        });
        return all;
    }

    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        return Collections.emptySortedSet();
    }

    /** {@code spec} of the result names what is looked at by its real name in the target. */
    @Override
    public Optional<DesiredCheck> check(Resource resource, Neighbours around, Notes notes) {
        if (resource.absent()) {
            return Optional.empty();
        }
        return switch (Specs.text(resource.spec(), "type").orElseThrow()) {
            case TOPIC_ROUND_TRIP -> topic(resource, around, notes);
            case SCHEMA_READABLE -> schema(resource, around, notes);
            default -> Optional.of(http(resource));
        };
    }

    private static Optional<DesiredCheck> topic(Resource resource, Neighbours around, Notes notes) {
        var named = Specs.text(resource.spec(), "topic").orElseThrow();
        var address = around.find(TopicKind.KIND, named, resource.project())
                .map(TopicKind::address)
                .orElse(named);
        var spec = new TreeMap<>(resource.spec().fields());
        spec.put("topic", Value.of(address));
        return onTarget(resource, TopicKind.TARGET_TYPE, TopicKind.ENTRY, address, spec, around, "/spec/topic", notes);
    }

    private static Optional<DesiredCheck> schema(Resource resource, Neighbours around, Notes notes) {
        var named = Specs.text(resource.spec(), "schema").orElseThrow();
        var inBundle = around.find(SchemaKind.KIND, named, resource.project()).map(SchemaSpec::new);
        var version = Specs.text(resource.spec(), "version")
                .or(() -> inBundle.flatMap(schema -> schema.named().version()));
        if (version.isEmpty()) {
            notes.error(
                    "/spec/schema",
                    Problem.of("BND-DANGLING-REFERENCE", "a check names a schema that is not in the bundle")
                            .expected("the logical name of a Schema, or an address and a version")
                            .found(named)
                            .todo(Nearest.advice(named, around.names(SchemaKind.KIND))));
            return Optional.empty();
        }
        var artifact = inBundle.map(SchemaSpec::artifact).orElseGet(() -> outside(named));
        var address = ArtifactName.version(artifact.group(), artifact.artifactId(), version.get())
                .address();
        var spec = new TreeMap<>(resource.spec().fields());
        spec.put("group", Value.of(artifact.group()));
        spec.put("artifactId", Value.of(artifact.artifactId()));
        spec.put("version", Value.of(version.get()));
        return onTarget(
                resource, SchemaKind.TARGET_TYPE, SchemaKind.VERSION, address, spec, around, "/spec/schema", notes);
    }

    /** {@code group/artifactId}, or an artifact of the default group. */
    private static ArtifactName outside(String named) {
        int slash = named.indexOf('/');
        return slash <= 0
                ? ArtifactName.artifact("default", named)
                : ArtifactName.artifact(named.substring(0, slash), named.substring(slash + 1));
    }

    private static Optional<DesiredCheck> onTarget(
            Resource resource,
            String targetType,
            String entryKind,
            String address,
            TreeMap<String, Value> spec,
            Neighbours around,
            String place,
            Notes notes) {
        var type = Specs.text(resource.spec(), "type").orElseThrow();
        return around.target(targetType, resource).map(target -> {
            var subject = new EntryKey(target, entryKind, address);
            around.entry(subject)
                    .filter(DesiredEntry::absent)
                    .ifPresent(entry -> notes.error(
                            place,
                            Problem.of(
                                            "BND-ABSENT-REFERENCE",
                                            "a check names something that the bundle asks to be gone")
                                    .expected("something that stays")
                                    .found(entry.resource().title() + " with state: absent")));
            var check = new SmokeCheck(resource.name(), target, type, Value.object(spec));
            return new DesiredCheck(check, resource, Optional.of(subject));
        });
    }

    /** The entry that a check of a plan looks at; empty if it looks at none, or is of a type that is not known here. */
    public static Optional<EntryKey> subject(SmokeCheck check) {
        var spec = check.spec();
        return switch (check.type()) {
            case TOPIC_ROUND_TRIP ->
                Specs.text(spec, "topic").map(topic -> new EntryKey(check.target(), TopicKind.ENTRY, topic));
            case SCHEMA_READABLE ->
                Specs.text(spec, "artifactId")
                        .flatMap(id -> Specs.text(spec, "version")
                                .map(version -> ArtifactName.version(
                                        Specs.text(spec, "group").orElse("default"), id, version)))
                        .map(name -> new EntryKey(check.target(), SchemaKind.VERSION, name.address()));
            default -> Optional.empty();
        };
    }

    private static DesiredCheck http(Resource resource) {
        var spec = new TreeMap<>(resource.spec().fields());
        spec.putIfAbsent("status", Value.of(200));
        return new DesiredCheck(
                new SmokeCheck(resource.name(), "", HTTP, Value.object(spec)), resource, Optional.empty());
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        throw new IllegalArgumentException("a smoke check has no operations: " + operation.key());
    }
}
