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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code Connector}: a connector of a Kafka Connect cluster, the settings that the manifest names, and whether it runs.
 * How far it has come ({@link #OFFSETS}) is kept in snapshots and managed by nobody.
 */
public final class ConnectorKind implements KindRules {
    public static final String KIND = "Connector";
    public static final String ENTRY = "connector";
    public static final String CLASS = "class";
    public static final String RUN = "run";
    public static final String CONFIG = "config.";
    /** Write-only settings: references to secrets, for the executor. */
    public static final String SECRET_CONFIG = Content.SECRET + "config.";
    /** Text: what the worker says of the connector's position, as canonical JSON. */
    public static final String OFFSETS = "offsets";

    public static final String TARGET_TYPE = "kafka-connect";
    public static final int LONGEST_NAME = 249;

    private static final int MAX_CONFIGS = 500;
    private static final Pattern LEGAL = Pattern.compile("(?!\\.{1,2}$)(?!\\s)[^\\p{Cntrl}/\\\\%]{1,249}(?<!\\s)");
    private static final String CONFIG_PLACE = "/spec/config";

    @Override
    public Optional<String> secretToMake(Content content) {
        return content.fields().entrySet().stream()
                .filter(field -> field.getValue().equals(Value.of(ConnectorSecrets.HIDDEN)))
                .map(field -> SECRET_CONFIG + field.getKey().substring(CONFIG.length()))
                .findFirst();
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
                .optional("address", Shape.anyText(LONGEST_NAME))
                .required(CLASS, Shape.text("[A-Za-z0-9_.$-]{1,500}", "the name of a class, or its short name"))
                .optional(RUN, Shape.word("RUNNING", "PAUSED", "STOPPED"))
                .takingSecrets(
                        "config",
                        new Shape.Dictionary(
                                Pattern.compile("[\\x21-\\x7e]{1,256}"),
                                "a setting of the connector, e.g. tasks.max",
                                new Shape.Scalar(),
                                MAX_CONFIGS),
                        false);
    }

    @Override
    public Shape.Fields specWhenAbsent() {
        return spec().allOptional();
    }

    /** Whether a worker lets a connector of this name be addressed: those of Kafka 4 refuse some characters in a path. */
    public static boolean isLegal(String name) {
        return LEGAL.matcher(name).matches();
    }

    private static String address(Resource resource) {
        return Specs.text(resource.spec(), "address").orElse(resource.name());
    }

    /** Settings as a worker holds them: texts, or null for "not set". */
    private static SortedMap<String, Value> settings(Resource resource) {
        var settings = new TreeMap<String, Value>();
        Specs.object(resource.spec(), "config")
                .fields()
                .forEach((name, value) -> settings.put(name, Specs.setting(value)));
        return settings;
    }

    @Override
    public void validate(Resource resource, Notes notes) {
        var address = address(resource);
        if (!isLegal(address)) {
            notes.error(
                    resource.spec().fields().containsKey("address") ? "/spec/address" : "/metadata/name",
                    Problem.of("CNR-NAME", "no connector can have this name")
                            .expected("1 to 249 characters, none of them a control character, / or % or a backslash, no"
                                    + " space at the ends, and neither . nor ..")
                            .found(address));
        }
        if (!resource.absent()) {
            ConnectorChecks.check(settings(resource), notes);
        }
    }

    @Override
    public List<DesiredEntry> entries(Resource resource, String target) {
        var key = new EntryKey(target, ENTRY, address(resource));
        var fields = new TreeMap<String, Value>();
        settings(resource)
                .forEach((name, value) -> fields.put((isSecret(value) ? SECRET_CONFIG : CONFIG) + name, value));
        if (!resource.absent()) {
            fields.put(CLASS, resource.spec().get(CLASS));
            if (!resource.spec().get(RUN).isNull()) {
                fields.put(RUN, resource.spec().get(RUN));
            }
        } else {
            // what is going is known by its name; its secrets are named so that undoing finds them
            fields.keySet().removeIf(field -> !field.startsWith(SECRET_CONFIG));
        }
        return List.of(DesiredEntry.of(key, resource.uid(), resource, Content.of(fields)));
    }

    private static boolean isSecret(Value value) {
        return value instanceof Value.Text(var text) && Placeholders.isSecret(text);
    }

    @Override
    public Content lasting(Content actual) {
        var fields = new TreeMap<>(actual.fields());
        fields.remove(OFFSETS);
        return Content.of(fields);
    }

    /** How far it has come is no difference. */
    @Override
    public Content asFound(Content desired, EntryState found) {
        if (!desired.fields().containsKey(OFFSETS)) {
            return desired;
        }
        var fields = new TreeMap<>(desired.fields());
        fields.put(OFFSETS, found.contentIfPresent().orElse(desired).get(OFFSETS));
        return Content.of(fields);
    }

    @Override
    public Optional<String> placeOf(String entryKind, String field) {
        for (var prefix : List.of(CONFIG, SECRET_CONFIG)) {
            if (field.startsWith(prefix)) {
                return Optional.of(Notes.under(CONFIG_PLACE, field.substring(prefix.length())));
            }
        }
        return Optional.of(Notes.under("/spec", field));
    }

    @Override
    public Set<String> mappableFields() {
        return Set.of(Mappable.ADDRESS, CLASS, RUN, CONFIG);
    }

    @Override
    public List<Mappable> mappable(Resource resource, Neighbours around) {
        var all = new ArrayList<Mappable>();
        all.add(Mappable.text(Mappable.ADDRESS, KIND, "address", address(resource)));
        for (var field : List.of(CLASS, RUN)) {
            Specs.text(resource.spec(), field).ifPresent(value -> all.add(Mappable.text(field, KIND, field, value)));
        }
        var settings = settings(resource);
        settings.forEach((name, value) -> {
            if (value instanceof Value.Text(var text) && !isSecret(value) && !ConnectorTopics.isOne(name)) {
                all.add(new Mappable(
                        CONFIG + name,
                        KIND,
                        Notes.under(CONFIG_PLACE, name),
                        text,
                        (spec, to) -> withSetting(spec, name, to)));
            }
        });
        // a topic has the same name here as in the manifest that makes it
        ConnectorTopics.of(settings).forEach((setting, names) -> {
            for (int i = 0; i < names.size(); i++) {
                int place = i;
                all.add(new Mappable(
                        Mappable.ADDRESS,
                        TopicKind.KIND,
                        Notes.under(CONFIG_PLACE, setting),
                        names.get(i),
                        (spec, to) -> withSetting(
                                spec,
                                setting,
                                ConnectorTopics.with(
                                        Specs.shown(Specs.object(spec, "config").get(setting)), place, to))));
            }
        });
        return all;
    }

    private static Value.Obj withSetting(Value.Obj spec, String name, String value) {
        return Mappable.with(spec, "config", Mappable.with(Specs.object(spec, "config"), name, Value.of(value)));
    }

    /** The topics of the bundle that it names, where the environment has a Kafka target. */
    @Override
    public SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes) {
        var kafka = around.target(TopicKind.TARGET_TYPE);
        if (kafka.isEmpty()) {
            return Collections.emptySortedSet();
        }
        var topics = new TreeSet<EntryKey>();
        ConnectorTopics.of(settings(entry.resource())).forEach((setting, names) -> {
            for (var name : names) {
                around.entry(new EntryKey(kafka.get(), TopicKind.ENTRY, name)).ifPresent(topic -> {
                    if (topic.absent() == entry.absent()) {
                        topics.add(topic.key());
                    } else if (topic.absent()) {
                        notes.warning(
                                Notes.under(CONFIG_PLACE, setting),
                                Problem.of(
                                                "CNR-ABSENT-TOPIC",
                                                "a connector uses a topic that the bundle asks to be gone")
                                        .expected("a topic that stays")
                                        .found(topic.resource().title() + " with state: absent")
                                        .todo("write state: absent here as well, or another topic"));
                    }
                });
            }
        });
        return topics;
    }

    @Override
    public SortedSet<EntryKey> dependenciesAmong(NavigableSet<EntryKey> going, EntryKey key, Content actual) {
        var settings = new TreeMap<String, Value>();
        actual.fields().forEach((field, value) -> {
            if (field.startsWith(CONFIG)) {
                settings.put(field.substring(CONFIG.length()), value);
            }
        });
        var names = new TreeSet<String>();
        ConnectorTopics.of(settings).values().forEach(names::addAll);
        var topics = new TreeSet<EntryKey>();
        going.stream()
                .filter(other -> other.kind().equals(TopicKind.ENTRY) && names.contains(other.address()))
                .forEach(topics::add);
        return topics;
    }

    @Override
    public List<Problem> obstacles(DesiredEntry desired, EntryState found) {
        return List.of();
    }

    @Override
    public boolean isPurgeable(String entryKind) {
        return true;
    }

    @Override
    public Assessment assess(Operation operation, EntryState found, Set<String> capabilities) {
        return switch (operation) {
            case Operation.Create create -> Undoing.ofCreate(create, found, capabilities, (_, _, _) -> false);
            case Operation.Update update -> ofUpdate(update);
            case Operation.Delete _ -> Undoing.ofRetire(capabilities);
        };
    }

    private static Assessment ofUpdate(Operation.Update update) {
        var warnings = new ArrayList<String>();
        var title = ENTRY + " " + update.key().address();
        if (update.after().fields().containsKey(CLASS)) {
            warnings.add(title + ": another class may not understand the offsets of the one before");
        }
        for (var field : update.before().fields().entrySet()) {
            if (field.getValue().equals(Value.of(ConnectorSecrets.HIDDEN))) {
                warnings.add(title + ", " + field.getKey().substring(CONFIG.length())
                        + ": the secret that is there in plain text was never read, and cannot be put back");
                return new Assessment(Risk.ONE_WAY, UndoClass.NONE, warnings);
            }
        }
        return new Assessment(Risk.MUTATING, UndoClass.EXACT, warnings);
    }
}
