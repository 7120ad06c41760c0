package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Kinds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads settings documents of the right shape, and says what is wrong with each of them and between them. */
public final class SettingsReader {
    /** Variables of a bundle, at most. */
    static final int MAX_VARIABLES = 1_000;

    /** Patterns that all projects of a bundle own, at most. */
    static final int MAX_OWNED = 10_000;

    /** Environments that settings speak of, at most: each is checked by itself. */
    static final int MAX_ENVIRONMENTS = 64;

    private static final Comparator<Document> BY_TITLE = Comparator.comparing(Document::title)
            .thenComparing(document -> document.place("").file())
            .thenComparing(document -> document.place("").line());

    private final Kinds kinds;
    private final List<Finding> findings = new ArrayList<>();
    private final TreeMap<String, Variable> variables = new TreeMap<>();
    private final List<Overlay> overlays = new ArrayList<>();
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<Project> projects = new ArrayList<>();
    private final List<Rollout> rollouts = new ArrayList<>();
    private final Map<String, Document> rolledOut = new HashMap<>();

    /** @param settings what is right of the documents; empty when there are too many to work with */
    public record Read(Optional<Settings> settings, List<Finding> findings) {}

    private SettingsReader(Kinds kinds) {
        this.kinds = kinds;
    }

    /** @param documents each of the shape of its kind, in any order */
    public static Read read(Kinds kinds, List<Document> documents) {
        return new SettingsReader(kinds).of(documents);
    }

    private Read of(List<Document> documents) {
        var owners = new HashMap<String, Document>();
        documents.stream().sorted(BY_TITLE).forEach(document -> {
            var other = owners.putIfAbsent(document.title(), document);
            if (other == null) {
                read(document);
            } else {
                findings.add(document.error(
                        "/metadata/name",
                        Problem.of("SET-DUPLICATE", "two documents of one kind have one name")
                                .expected("each name once per kind")
                                .found("also " + place(other, ""))
                                .todo("rename one, or put both together")));
            }
        });
        return new Read(
                isWithinBounds()
                        ? Optional.of(new Settings(variables, overlays, mappings, projects, rollouts))
                        : Optional.empty(),
                List.copyOf(findings));
    }

    private void read(Document document) {
        switch (SettingsKind.find(document.kind()).orElseThrow()) {
            case VARIABLES ->
                Specs.object(document.spec(), "variables")
                        .fields()
                        .forEach((name, written) -> declare(document, name, (Value.Obj) written));
            case OVERLAY -> overlays.add(new OverlayReader(document, findings).read());
            case MAPPING -> mappings.add(new MappingReader(kinds, document, findings).read());
            case PROJECT -> projects.add(new ProjectReader(kinds, document, findings).read());
            case ROLLOUT -> rollout(document);
        }
    }

    private void rollout(Document document) {
        var rollout = new RolloutReader(document, findings).read();
        rollouts.add(rollout);
        for (var environment : rollout.environments()) {
            var other = rolledOut.putIfAbsent(environment, document);
            if (other != null) {
                findings.add(document.error(
                        "/spec/environments",
                        Problem.of("ROL-ENVIRONMENT", "two rollouts are for one environment")
                                .expected("environment " + environment + " in one rollout")
                                .found("also " + place(other, "/spec/environments"))
                                .todo("name each environment in one rollout")));
            }
        }
    }

    private void declare(Document document, String name, Value.Obj written) {
        var variable = new Variable(
                name,
                VariableType.of(Specs.text(written, "type").orElseThrow()),
                Optional.ofNullable(written.fields().get("default")),
                Specs.items(written, "allowed"),
                document);
        var other = variables.putIfAbsent(name, variable);
        if (other != null) {
            findings.add(document.error(
                    variable.pointer(),
                    Problem.of("VAR-DUPLICATE", "a variable is declared twice")
                            .expected("each variable once")
                            .found("also " + place(other.document(), other.pointer()))
                            .todo("remove one")));
        }
        for (int i = 0; i < variable.allowed().size(); i++) {
            var value = variable.allowed().get(i);
            if (!variable.type().holds(value)) {
                findings.add(document.error(
                        variable.pointer() + "/allowed/" + i,
                        Problem.of("VAR-TYPE", "a variable holds a value of another type")
                                .expected(variable.type().like())
                                .found(Scalars.shown(value))));
            }
        }
    }

    private boolean isWithinBounds() {
        int owned = projects.stream().mapToInt(project -> project.owns().size()).sum();
        var environments = new TreeSet<String>();
        overlays.forEach(overlay -> environments.add(overlay.environment()));
        mappings.forEach(mapping -> environments.add(mapping.environment()));
        rollouts.forEach(rollout -> environments.addAll(rollout.environments()));
        int before = findings.size();
        if (variables.size() > MAX_VARIABLES) {
            findings.add(Finding.error(tooMany(MAX_VARIABLES, "variables", variables.size())));
        }
        if (environments.size() > MAX_ENVIRONMENTS) {
            findings.add(Finding.error(tooMany(MAX_ENVIRONMENTS, "environments", environments.size())));
        }
        if (owned > MAX_OWNED) {
            findings.add(Finding.error(tooMany(MAX_OWNED, "patterns that projects own", owned)));
        }
        return findings.size() == before;
    }

    private static Problem tooMany(int most, String what, int found) {
        return Problem.of("SET-TOO-MANY", "the settings of a bundle are too many")
                .expected("at most " + most + " " + what)
                .found(String.valueOf(found))
                .todo("split the bundle");
    }

    private static String place(Document document, String pointer) {
        var place = document.place(pointer);
        return place.file().isEmpty()
                ? "in " + document.title()
                : "in " + document.title() + " at " + place.file() + ":" + place.line();
    }
}
