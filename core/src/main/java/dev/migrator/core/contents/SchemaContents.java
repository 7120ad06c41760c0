package dev.migrator.core.contents;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.kinds.SchemaKind;
import dev.migrator.core.kinds.VersionOrder;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges the contents of all schemas of a bundle: each by itself, and each version against the earlier ones in the
 * bundle. What a registry holds besides is for it to say.
 */
public final class SchemaContents {
    /** Comparisons with earlier versions of one artifact: a transitive rule over many versions grows with their square. */
    static final int MAX_EARLIER = 50;

    /**
     * Characters that are read for one bundle in one environment, with those of references each time that a schema refers
     * to them: a bundle's 64 MiB can refer to each other in a way that stands for far more.
     */
    static final long MAX_CHARS = 1L << 28;

    static final String UNRESOLVED = "schemas that refer to something outside the bundle, or to more than "
            + SchemaTexts.MAX_REFERENCES + " others";

    private static final int MAX_REASONS = 5;

    /**
     * @param remarks what is wrong, by resource
     * @param unchecked what nobody here can judge, with how many schemas that is so for
     */
    public record Result(List<Desired.Remark> remarks, SortedMap<String, Integer> unchecked) {
        public Result {
            remarks = List.copyOf(remarks);
            unchecked = Collections.unmodifiableSortedMap(new TreeMap<>(unchecked));
        }
    }

    private final Desired desired;
    private final SchemaLanguages languages;
    private final SchemaTexts texts;
    private final List<Desired.Remark> remarks = new ArrayList<>();
    private final SortedMap<String, Integer> unchecked = new TreeMap<>();
    private final Set<EntryKey> wrong = new HashSet<>();
    private long left;

    private SchemaContents(Desired desired, SchemaLanguages languages, long maxChars) {
        this.left = maxChars;
        this.desired = desired;
        this.languages = languages;
        this.texts = new SchemaTexts(desired);
    }

    public static Result check(Desired desired, SchemaLanguages languages) {
        return check(desired, languages, MAX_CHARS);
    }

    static Result check(Desired desired, SchemaLanguages languages, long maxChars) {
        var contents = new SchemaContents(desired, languages, maxChars);
        contents.each();
        contents.versions();
        return new Result(contents.remarks, contents.unchecked);
    }

    private void each() {
        desired.entries().values().stream()
                .filter(SchemaContents::isVersion)
                .forEach(version -> language(version).ifPresent(language -> check(version, language)));
    }

    private void check(DesiredEntry version, SchemaLanguage language) {
        var text = texts.of(version.key());
        if (text.isEmpty()) {
            wrong.add(version.key());
            unchecked.merge(UNRESOLVED, 1, Integer::sum);
            return;
        }
        if (!affords(text.get())) {
            wrong.add(version.key());
            unchecked.merge("schemas of a bundle whose schemas are more than can be read here", 1, Integer::sum);
            return;
        }
        if (text.get().content().length() > language.longest()) {
            wrong.add(version.key());
            unchecked.merge("schemas that are too long to be read here", 1, Integer::sum);
            return;
        }
        var notes = new Notes();
        language.check(text.get()).forEach(finding -> {
            if (finding.stops()) {
                wrong.add(version.key());
                notes.error("/spec/content", finding.problem());
            } else {
                notes.warning("/spec/content", finding.problem());
            }
        });
        notes.all().forEach(note -> remarks.add(new Desired.Remark(version.resource(), note)));
    }

    private boolean affords(SchemaText text) {
        left -= text.content().length();
        for (var reference : text.references()) {
            left -= reference.content().length();
        }
        return left >= 0;
    }

    private void versions() {
        var byArtifact = new TreeMap<EntryKey, List<DesiredEntry>>();
        desired.entries().values().stream()
                .filter(SchemaContents::isVersion)
                .forEach(version -> byArtifact
                        .computeIfAbsent(artifact(version.key()), _ -> new ArrayList<>())
                        .add(version));
        byArtifact.forEach((artifact, versions) -> rule(artifact).ifPresent(rule -> {
            versions.sort(Comparator.comparing(
                    version -> name(version.key()).version().orElseThrow(), VersionOrder.INSTANCE));
            for (int i = 1; i < versions.size(); i++) {
                int first = rule.transitive ? Math.max(0, i - MAX_EARLIER) : i - 1;
                compare(rule, versions.get(i), versions.subList(first, i));
            }
        }));
    }

    private void compare(CompatibilityRule rule, DesiredEntry version, List<DesiredEntry> earlier) {
        for (var other : earlier) {
            if (wrong.contains(version.key()) || wrong.contains(other.key())) {
                continue; // what is wrong by itself has its own finding
            }
            var language = language(version)
                    .filter(known -> language(other).filter(known::equals).isPresent());
            language.ifPresent(known -> {
                var text = texts.of(version.key()).orElseThrow();
                var before = texts.of(other.key()).orElseThrow();
                if (!affords(text) || !affords(before)) {
                    unchecked.merge(
                            "compatibility in a bundle whose schemas are more than can be read here", 1, Integer::sum);
                    return;
                }
                if (rule.newReadsOld) {
                    judge(rule, version, other, "reads what", known.compare(text, before));
                }
                if (rule.oldReadsNew) {
                    judge(rule, version, other, "can be read by who reads", known.compare(before, text));
                }
            });
        }
    }

    private void judge(
            CompatibilityRule rule, DesiredEntry version, DesiredEntry other, String relation, Compatibility answer) {
        switch (answer) {
            case Compatibility.Compatible _ -> {}
            case Compatibility.Unknown(var why) -> unchecked.merge(why, 1, Integer::sum);
            case Compatibility.Incompatible(var reasons) -> {
                var notes = new Notes();
                notes.error(
                        "/spec/content",
                        Problem.of("SCH-INCOMPATIBLE", "a version is not compatible with an earlier one")
                                .expected("version " + number(version) + " " + relation + " version " + number(other)
                                        + (rule.newReadsOld && relation.startsWith("reads") ? " wrote" : "")
                                        + ", as the rule COMPATIBILITY: " + rule + " asks")
                                .found(String.join(
                                        "; ",
                                        reasons.stream().limit(MAX_REASONS).toList()))
                                .todo(
                                        "make the change in a compatible way, e.g. give a new field a default; suppress it for a"
                                                + " version that the registry holds already"));
                notes.all().forEach(note -> remarks.add(new Desired.Remark(version.resource(), note)));
            }
        }
    }

    private Optional<CompatibilityRule> rule(EntryKey artifact) {
        return Optional.ofNullable(desired.entries().get(artifact))
                .map(entry -> entry.content().get(SchemaKind.RULE + "COMPATIBILITY"))
                .flatMap(value ->
                        value instanceof Value.Text(var name) ? CompatibilityRule.named(name) : Optional.empty());
    }

    private Optional<SchemaLanguage> language(DesiredEntry version) {
        return version.resource().spec().get(SchemaKind.TYPE) instanceof Value.Text(var type)
                ? languages.find(type)
                : Optional.empty();
    }

    private static boolean isVersion(DesiredEntry entry) {
        return entry.key().kind().equals(SchemaKind.VERSION) && !entry.absent();
    }

    private static ArtifactName name(EntryKey version) {
        return ArtifactName.parse(version.address());
    }

    private static String number(DesiredEntry version) {
        return name(version.key()).version().orElseThrow();
    }

    private static EntryKey artifact(EntryKey version) {
        return new EntryKey(
                version.target(),
                SchemaKind.ARTIFACT,
                name(version).withoutVersion().address());
    }
}
