package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Placeholders;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is wrong or odd about the settings of a connector, as far as it can be said without its worker. */
final class ConnectorChecks {
    /** Begins the names of settings that mark a connector as retired; no manifest speaks of them. */
    static final String OWN = "migrator.";

    private static final String TASKS = "tasks.max";
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final int MOST_TASKS = 10_000;

    private final Map<String, Value> settings;
    private final Notes notes;

    private ConnectorChecks(Map<String, Value> settings, Notes notes) {
        this.settings = settings;
        this.notes = notes;
    }

    /** @param settings by name, as they would be written */
    static void check(Map<String, Value> settings, Notes notes) {
        var checks = new ConnectorChecks(settings, notes);
        checks.reserved();
        checks.secrets();
        checks.tasks();
        checks.topics();
        checks.chain("transforms");
        checks.chain("predicates");
        checks.lostRecords();
    }

    private static String place(String setting) {
        return Notes.under("/spec/config", setting);
    }

    private Optional<String> text(String setting) {
        return settings.get(setting) instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }

    private void reserved() {
        for (var setting : settings.keySet()) {
            if (setting.equals("name") || setting.equals("connector.class") || setting.startsWith(OWN)) {
                notes.error(
                        place(setting),
                        Problem.of("CNR-RESERVED", "this setting of a connector is not written here")
                                .expected("spec.address for the name, spec.class for the class")
                                .found(setting)
                                .todo("remove it"));
            }
        }
    }

    private void secrets() {
        settings.forEach((setting, value) -> {
            if (!(value instanceof Value.Text(var text)) || Placeholders.isSecret(text)) {
                return;
            }
            if (Placeholders.secretsIn(text) > 0) {
                notes.error(
                        place(setting),
                        Problem.of("CNR-SECRET-PART", "a secret reference is only a part of a connector's setting")
                                .expected("${secret:name} and nothing else")
                                .found("text around it")
                                .todo("put the whole value into the secret"));
            } else if (ConnectorSecrets.givesAway(setting, text)) {
                notes.error(
                        place(setting),
                        Problem.of("CNR-SECRET", "a connector's setting seems to hold a secret in plain text")
                                .expected("${secret:name}, or what the worker reads itself: $${file:/path:key}")
                                .found("a plain value")
                                .todo("put the secret where the executor or the worker reads it, and refer to it"));
            }
        });
    }

    private void tasks() {
        text(TASKS)
                .filter(tasks -> !WHOLE.matcher(tasks).matches()
                        || Integer.parseInt(tasks) < 1
                        || Integer.parseInt(tasks) > MOST_TASKS)
                .ifPresent(tasks -> notes.error(
                        place(TASKS),
                        Problem.of("CNR-TASKS", "a connector cannot have that many tasks")
                                .expected("a whole number from 1 to " + MOST_TASKS)
                                .found(tasks)));
    }

    private void topics() {
        if (text(ConnectorTopics.TOPICS).isPresent()
                && text(ConnectorTopics.REGEX).isPresent()) {
            notes.error(
                    place(ConnectorTopics.REGEX),
                    Problem.of("CNR-TOPICS", "a connector names its topics twice")
                            .expected("either topics or topics.regex")
                            .found("both")
                            .todo("remove one of them"));
        }
        var named = ConnectorTopics.of(settings);
        named.forEach((setting, names) -> {
            for (var name : names) {
                TopicKind.illegal(name)
                        .ifPresent(expected -> notes.error(
                                place(setting),
                                Problem.of("CNR-TOPIC-NAME", "a connector names a topic that cannot exist")
                                        .expected(expected)
                                        .found(name)));
            }
        });
        for (var name : named.getOrDefault(ConnectorTopics.DEAD_LETTERS, List.of())) {
            if (named.getOrDefault(ConnectorTopics.TOPICS, List.of()).contains(name)) {
                notes.error(
                        place(ConnectorTopics.DEAD_LETTERS),
                        Problem.of("CNR-DEAD-LETTERS", "a connector reads what it puts aside")
                                .expected("a topic that is not among topics")
                                .found(name)
                                .todo("give failed records a topic of their own"));
            }
        }
    }

    /** Each name of the list has a type; each setting belongs to a name of the list. */
    private void chain(String list) {
        var names = new HashSet<>(text(list).map(ConnectorTopics::names).orElse(List.of()));
        for (var name : new TreeSet<>(names)) {
            var type = list + "." + name + ".type";
            if (settings.getOrDefault(type, Value.NULL).isNull()) {
                notes.error(
                        place(list),
                        Problem.of("CNR-TRANSFORM", "a transform or predicate of a connector has no type")
                                .expected("a class under " + type)
                                .found("nothing"));
            }
        }
        var others = new TreeSet<String>();
        for (var setting : settings.keySet()) {
            if (setting.startsWith(list + ".")) {
                var rest = setting.substring(list.length() + 1);
                int dot = rest.indexOf('.');
                var name = dot < 0 ? rest : rest.substring(0, dot);
                if (!names.contains(name)) {
                    others.add(name);
                }
            }
        }
        others.forEach(name -> notes.warning(
                place(list),
                Problem.of(
                                "CNR-TRANSFORM-UNUSED",
                                "a connector has settings of a transform or predicate it does not use")
                        .expected(name + " in the list " + list)
                        .found(names.isEmpty() ? "no list" : String.join(",", new TreeSet<>(names)))
                        .todo("add it to the list, or remove its settings")));
    }

    private void lostRecords() {
        boolean tolerates = text("errors.tolerance").filter("all"::equals).isPresent();
        boolean putsAside = text(ConnectorTopics.DEAD_LETTERS)
                .filter(name -> !name.isBlank())
                .isPresent();
        boolean logs = text("errors.log.enable").filter("true"::equals).isPresent();
        if (tolerates && !putsAside && !logs) {
            notes.warning(
                    place("errors.tolerance"),
                    Problem.of("CNR-LOST-RECORDS", "records that fail are dropped and nobody hears of it")
                            .expected("a topic for them, or errors.log.enable: true")
                            .found("neither")
                            .todo("set " + ConnectorTopics.DEAD_LETTERS + " (sinks) or errors.log.enable"));
        }
    }
}
